using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>One request on its way to a response: who is asked, for what, at which moment, and the varbinds answered so far.</summary>
internal ref struct Exchange
{
    private readonly TimeSpan _upTime;
    private readonly Envelope _envelope;
    private readonly Span<byte> _room;
    private SnmpMessageWriter _writer;
    private int _mostVarBinds = int.MaxValue;

    /// <summary>Begins a response without error.</summary>
    /// <param name="device">The device that is asked.</param>
    /// <param name="context">The variables that the request speaks of.</param>
    /// <param name="envelope">How the request came.</param>
    /// <param name="asked">The request's varbinds.</param>
    /// <param name="room">Where the response goes; it becomes no larger than this.</param>
    public Exchange(SimulatedDevice device, MibContext context, Envelope envelope, ReadOnlySpan<VarBind> asked, Span<byte> room)
    {
        Device = device;
        Context = context;
        Faults = device.Faults;
        Asked = asked;
        _envelope = envelope;
        _room = room;

        // One moment for all varbinds, so that the counters of a response belong together.
        _upTime = device.UpTime;
        Begin(Outcome.Success);
    }

    public SimulatedDevice Device { get; }

    /// <summary>The variables that the request speaks of.</summary>
    public MibContext Context { get; }

    public readonly MibData Data => Context.Data;

    /// <summary>What the device does wrong, for the whole of this request.</summary>
    public DeviceFaults Faults { get; }

    public ReadOnlySpan<VarBind> Asked { get; }

    /// <summary>How many varbinds the response has.</summary>
    public int Count { get; private set; }

    public readonly bool IsV1 => _envelope.Header.Version == SnmpVersion.V1;

    /// <summary>The operation.</summary>
    public readonly PduType Type => _envelope.Header.PduType;

    /// <summary>Where the parts of a complete response of SNMPv3 are that protect it.</summary>
    public readonly SecuredLayout Layout => _writer.Layout;

    /// <summary>GETBULK's non-repeaters, at most as many as were asked.</summary>
    public readonly int NonRepeaters => Math.Clamp(_envelope.Header.ErrorStatusOrNonRepeaters, 0, Asked.Length);

    /// <summary>GETBULK's max-repetitions.</summary>
    public readonly int MaxRepetitions => Math.Max(0, _envelope.Header.ErrorIndexOrMaxRepetitions);

    /// <summary>Begins the response anew, without varbinds.</summary>
    public void Begin(Outcome outcome)
    {
        Count = 0;
        _mostVarBinds = int.MaxValue;
        _writer = _envelope.Begin(_room, outcome);
    }

    /// <summary>Whether a response ended at <see cref="LimitTo"/>, with more to say.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Lets the response have no more than so many varbinds.</summary>
    public void LimitTo(int mostVarBinds) => _mostVarBinds = mostVarBinds;

    /// <summary>Adds a varbind, unless the response would become too large.</summary>
    public bool TryAdd(in Oid name, in SnmpValue value)
    {
        if (Count == _mostVarBinds)
        {
            WasCut = true;
            return false;
        }

        var fits = _writer.TryAdd(name, value);
        if (fits)
        {
            Count++;
        }

        return fits;
    }

    /// <summary>Adds the varbinds as they were asked.</summary>
    public bool TryEcho()
    {
        foreach (ref readonly var varBind in Asked)
        {
            if (!TryAdd(varBind.Oid, varBind.Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Ends the response.</summary>
    /// <returns>Its length; 0 if not even its header fits.</returns>
    public int Complete() => _envelope.Complete(ref _writer, _room);

    /// <summary>What GET answers: the value, or the exception that tells what is missing.</summary>
    public readonly SnmpValue Get(in Oid name)
    {
        var index = Data.IndexOf(name);
        if (index >= 0)
        {
            return Context.Read(index, _upTime);
        }

        return Data.HasObjectOf(name, ~index) ? SnmpValue.NoSuchInstance : SnmpValue.NoSuchObject;
    }

    /// <summary>
    /// Finds what GETNEXT answers at or after a position. For SNMPv1, which has no Counter64, variables of that type do not exist (RFC 3584 section
    /// 4.2.2.1).
    /// </summary>
    /// <param name="index">Where to look first; becomes where it was found.</param>
    /// <param name="value">The value, or endOfMibView.</param>
    /// <returns>Whether there is a variable.</returns>
    public readonly bool TryReadFrom(ref int index, out SnmpValue value)
    {
        for (; index < Data.Count; index++)
        {
            value = Context.Read(index, _upTime);
            if (!IsV1 || value.Type != SnmpType.Counter64)
            {
                return true;
            }
        }

        value = SnmpValue.EndOfMibView;
        return false;
    }
}
