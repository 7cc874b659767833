using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>One request PDU (RFC 3416 section 4.2), without what the engine adds: request-id, version and community. Immutable.</summary>
/// <remarks>A request for one OID allocates nothing. <see langword="default"/> is no request and cannot be sent.</remarks>
public readonly struct SnmpRequest
{
    private readonly Oid _oid;
    private readonly VarBind[]? _varBinds;

    private SnmpRequest(PduType type, in Oid oid, VarBind[]? varBinds, int nonRepeaters = 0, int maxRepetitions = 0)
    {
        Type = type;
        _oid = oid;
        _varBinds = varBinds;
        NonRepeaters = nonRepeaters;
        MaxRepetitions = maxRepetitions;
    }

    /// <summary>The kind of request.</summary>
    public PduType Type { get; }

    /// <summary>How many of the OIDs of a GETBULK are asked for once only; 0 for other requests.</summary>
    public int NonRepeaters { get; }

    /// <summary>How many successors of each further OID a GETBULK asks for; 0 for other requests.</summary>
    public int MaxRepetitions { get; }

    /// <summary>The number of varbinds, at least 1.</summary>
    public int Count => _varBinds?.Length ?? (Type == default ? 0 : 1);

    /// <summary>When the call fails at the latest, over all attempts and all parts; <see langword="null"/> for what the target's options say.</summary>
    public TimeSpan? Deadline => DeadlineMilliseconds is { } deadline ? TimeSpan.FromMilliseconds(deadline) : null;

    /// <summary>How often and how long it is tried; <see langword="null"/> for what the target's options say.</summary>
    public SnmpAttempts? Attempts { get; private init; }

    internal int? DeadlineMilliseconds { get; private init; }

    /// <summary>Where the varbinds of a GET that is answered whole go, instead of into the response.</summary>
    internal IPageSink? Sink { get; init; }

    internal ReadOnlySpan<VarBind> Many => _varBinds;

    internal bool IsSingleOid => _varBinds is null;

    internal Oid SingleOid => _oid;

    /// <summary>The varbind at <paramref name="index"/>; its value is <see cref="SnmpValue.Null"/> unless this is a SET.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such varbind.</exception>
    public VarBind this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _varBinds is null ? new VarBind(_oid, SnmpValue.Null) : _varBinds[index];
        }
    }

    /// <summary>Asks for the value of one instance.</summary>
    public static SnmpRequest Get(in Oid oid) => new(PduType.Get, oid, null);

    /// <summary>Asks for the values of several instances.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SnmpRequest Get(params IReadOnlyList<Oid> oids) => new(PduType.Get, default, ToVarBinds(oids));

    /// <summary>Asks for the instance that follows one OID.</summary>
    public static SnmpRequest GetNext(in Oid oid) => new(PduType.GetNext, oid, null);

    /// <summary>Asks for the instances that follow several OIDs.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SnmpRequest GetNext(params IReadOnlyList<Oid> oids) => new(PduType.GetNext, default, ToVarBinds(oids));

    /// <summary>Asks for many successors at once (RFC 3416 section 4.2.3); SNMPv1 does not have it.</summary>
    /// <param name="nonRepeaters">How many of the first OIDs have one successor only; 0 or more.</param>
    /// <param name="maxRepetitions">How many successors each further OID has at most; 0 or more.</param>
    /// <param name="oids">The OIDs to start after.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    /// <exception cref="ArgumentException">There is no OID.</exception>
    public static SnmpRequest GetBulk(int nonRepeaters, int maxRepetitions, params IReadOnlyList<Oid> oids)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nonRepeaters);
        ArgumentOutOfRangeException.ThrowIfNegative(maxRepetitions);
        ArgumentNullException.ThrowIfNull(oids);
        return oids.Count == 1
            ? new SnmpRequest(PduType.GetBulk, oids[0], null, nonRepeaters, maxRepetitions)
            : new SnmpRequest(PduType.GetBulk, default, ToVarBinds(oids), nonRepeaters, maxRepetitions);
    }

    /// <summary>Sets values, all or none of them.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static SnmpRequest Set(params IReadOnlyList<VarBind> varBinds)
    {
        ArgumentNullException.ThrowIfNull(varBinds);
        return varBinds.Count == 0
            ? throw new ArgumentException("A SET needs at least one varbind.", nameof(varBinds))
            : new SnmpRequest(PduType.Set, default, [.. varBinds]);
    }

    /// <summary>Tells of something that happened, and wants it acknowledged; SNMPv1 does not have it.</summary>
    /// <param name="varBinds">sysUpTime.0, snmpTrapOID.0 and what else there is to tell.</param>
    internal static SnmpRequest Inform(VarBind[] varBinds) => new(PduType.Inform, default, varBinds);

    /// <summary>The same request with a deadline of its own: the earlier of this and the target's counts.</summary>
    /// <param name="deadline">From 1 ms to 1 h, counted from the call.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is out of its range.</exception>
    public SnmpRequest Within(TimeSpan deadline)
    {
        SnmpOptions.CheckRange(deadline, nameof(deadline));
        return this with { DeadlineMilliseconds = (int)Math.Ceiling(deadline.TotalMilliseconds) };
    }

    /// <summary>The same request, whose values go elsewhere.</summary>
    internal SnmpRequest Into(IPageSink sink, SnmpAttempts? attempts) => this with { Sink = sink, Attempts = attempts };

    /// <summary>The same request, tried as often and as long as said here.</summary>
    /// <param name="attempts">What counts instead of what the target's options say; <see langword="null"/> for these again.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public SnmpRequest Trying(SnmpAttempts? attempts)
    {
        attempts?.Validate();
        return this with { Attempts = attempts };
    }

    /// <summary>The kind and the OIDs.</summary>
    public override string ToString()
    {
        var names = _varBinds is null ? _oid.ToString() : string.Join(", ", _varBinds.Select(static varBind => varBind.Oid));
        return Type == default ? "no request" : $"{Type} {names}";
    }

    private static VarBind[] ToVarBinds(IReadOnlyList<Oid> oids)
    {
        ArgumentNullException.ThrowIfNull(oids);
        if (oids.Count == 0)
        {
            throw new ArgumentException("A request needs at least one OID.", nameof(oids));
        }

        var varBinds = new VarBind[oids.Count];
        for (var i = 0; i < varBinds.Length; i++)
        {
            varBinds[i] = new VarBind(oids[i], SnmpValue.Null);
        }

        return varBinds;
    }
}
