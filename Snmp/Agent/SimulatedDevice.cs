using System.Net;
using System.Text;

namespace Connections.Snmp.Agent;

/// <summary>
/// A device that an <see cref="SnmpAgent"/> simulates. It takes any number of requests at a time, answers them in order of arrival after its latency, and
/// counts them. All members may be used from any thread.
/// </summary>
public sealed partial class SimulatedDevice
{
    private readonly TimeProvider _clock;
    private readonly byte[] _readCommunity;
    private readonly byte[]? _writeCommunity;
    private long _latencyTicks;
    private long _jitterTicks;
    private double _loss;
    private DeviceFaults _faults = DeviceFaults.None;
    private SeededRandom _jitterRandom;

    internal SimulatedDevice(SimulatedDeviceOptions options, IPEndPoint endPoint, TimeProvider clock)
    {
        Name = options.Name;
        EndPoint = endPoint;
        DefaultContext = new MibContext(options.Data);
        MaxMessageSize = options.MaxMessageSize;
        Observer = options.Observer;
        Latency = options.Latency;
        Jitter = options.Jitter;
        Loss = options.Loss;
        Faults = options.Faults;
        Dice = new FaultDice((ulong)options.Seed);
        _readCommunity = Encoding.UTF8.GetBytes(options.ReadCommunity.Reveal());
        _writeCommunity = options.WriteCommunity is { } community ? Encoding.UTF8.GetBytes(community.Reveal()) : null;
        _jitterRandom = new SeededRandom(~(ulong)options.Seed);
        _clock = clock;
        _boot = new Boot(1, clock.GetTimestamp(), options.Data.InitialUpTime);
    }

    /// <summary>The device's name.</summary>
    public string Name { get; }

    /// <summary>Where the device answers: a loopback address and a port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>The variables as they were given; <see cref="TryRead"/> tells what they are now.</summary>
    public MibData Data => DefaultContext.Data;

    /// <summary>How long the device takes to answer a request that arrives from now on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Latency
    {
        get => new(Volatile.Read(ref _latencyTicks));
        set => Volatile.Write(ref _latencyTicks, NotNegative(value).Ticks);
    }

    /// <summary>The most that is added to <see cref="Latency"/>, by chance.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan Jitter
    {
        get => new(Volatile.Read(ref _jitterTicks));
        set => Volatile.Write(ref _jitterTicks, NotNegative(value).Ticks);
    }

    /// <summary>The probability that a request is lost on its way to the device.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not from 0 to 1.</exception>
    public double Loss
    {
        get => Volatile.Read(ref _loss);
        set => Volatile.Write(ref _loss, DeviceFaults.Probability(value));
    }

    /// <summary>What else the device does wrong, from the next request on.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public DeviceFaults Faults
    {
        get => Volatile.Read(ref _faults);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref _faults, value);
        }
    }

    internal FaultDice Dice { get; }

    internal int MaxMessageSize { get; }

    internal Action<ArrivedRequest>? Observer { get; }

    /// <summary>What a community may do here.</summary>
    internal CommunityAccess AccessOf(ReadOnlySpan<byte> community)
    {
        if (_writeCommunity is not null && community.SequenceEqual(_writeCommunity))
        {
            return CommunityAccess.ReadWrite;
        }

        return community.SequenceEqual(_readCommunity) ? CommunityAccess.ReadOnly : CommunityAccess.None;
    }

    /// <summary>How long the next answer takes. Drawn on the agent's thread alone.</summary>
    internal TimeSpan NextDelay()
    {
        var jitter = Jitter;
        var delay = jitter == TimeSpan.Zero ? Latency : Latency + (jitter * _jitterRandom.NextDouble());
        var faults = Faults;
        return Dice.Happens(FaultKind.Reordering, faults.Reordering) ? delay + faults.ReorderingDelay : delay;
    }

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }
}
