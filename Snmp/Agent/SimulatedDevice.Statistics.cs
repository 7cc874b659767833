namespace Connections.Snmp.Agent;

public sealed partial class SimulatedDevice
{
    // All are written on the agent's thread alone, so plain additions published by volatile writes are enough.
    private long _requestsSeen;
    private int _inFlight;
    private int _maxInFlight;
    private long _wrongCommunity;
    private long _malformed;
    private long _reports;

    /// <summary>How many requests with a known community, or of a user, have arrived, repetitions included.</summary>
    public long RequestsSeen => Volatile.Read(ref _requestsSeen);

    /// <summary>How many requests have arrived and are not yet answered.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>The most requests that were ever in flight at one moment.</summary>
    public int MaxInFlight => Volatile.Read(ref _maxInFlight);

    /// <summary>How many requests came with an unknown community and got no answer.</summary>
    public long WrongCommunities => Volatile.Read(ref _wrongCommunity);

    /// <summary>How many datagrams were no request of a version and kind that the device serves, and got no answer.</summary>
    public long Malformed => Volatile.Read(ref _malformed);

    /// <summary>How many messages of SNMPv3 were refused with a Report; discoveries are such too. The device's variables count them by their reasons.</summary>
    public long Reports => Volatile.Read(ref _reports);

    /// <summary>How many requests were lost on purpose (<see cref="Loss"/>).</summary>
    public long Lost => CountOf(FaultKind.RequestLoss);

    /// <summary>How often a fault has happened.</summary>
    /// <param name="kind">The fault.</param>
    public long CountOf(FaultKind kind) => Dice.CountOf(kind);

    internal void CountWrongCommunity() => Volatile.Write(ref _wrongCommunity, _wrongCommunity + 1);

    internal void CountMalformed() => Volatile.Write(ref _malformed, _malformed + 1);

    internal void CountArrival()
    {
        Volatile.Write(ref _requestsSeen, _requestsSeen + 1);
        CountInFlight();
    }

    internal void CountReport()
    {
        Volatile.Write(ref _reports, _reports + 1);
        CountInFlight();
    }

    internal void CountAnswer() => Volatile.Write(ref _inFlight, _inFlight - 1);

    private void CountInFlight()
    {
        Volatile.Write(ref _inFlight, _inFlight + 1);
        if (_inFlight > _maxInFlight)
        {
            Volatile.Write(ref _maxInFlight, _inFlight);
        }
    }
}
