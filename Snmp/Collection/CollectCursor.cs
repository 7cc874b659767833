using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>How far a walk has come; <see langword="default"/> is its start.</summary>
/// <param name="Last">The last OID received; the walk goes on after it.</param>
/// <param name="Rows">How many varbinds were received so far.</param>
public readonly record struct CollectCursor(Oid Last, long Rows)
{
    /// <summary>Whether nothing was received yet.</summary>
    public bool IsAtStart => Rows == 0;
}
