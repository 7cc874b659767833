using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>An agent returned an OID that does not follow the one before it, so that a walk would never end.</summary>
public sealed class SnmpWalkException : SnmpException
{
    internal SnmpWalkException(SnmpTarget target, in Oid root, in Oid previous, in Oid received, bool isCircle)
        : base(
            $"{target}: the walk of {root} was ended, because the agent returned {received} after {previous}"
            + (isCircle ? ", for the second time: it runs in a circle. " : "; OIDs must increase (RFC 3416 section 4.2.2), or a walk never ends. ")
            + "The agent is faulty; a GET of single instances still works"
            + (isCircle ? "." : ", and a walk that tolerates it (non_increasing: true) may."))
    {
        IsCircle = isCircle;
        Root = root;
        Previous = previous;
        Received = received;
        Device = target.Device;
        Alias = target.Alias;
    }

    /// <summary>Whether such steps were tolerated, but the walk would have gone on for ever.</summary>
    public bool IsCircle { get; }

    /// <summary>The OID that was walked.</summary>
    public Oid Root { get; }

    /// <summary>The OID asked for or received last.</summary>
    public Oid Previous { get; }

    /// <summary>The OID that should have been larger.</summary>
    public Oid Received { get; }
}
