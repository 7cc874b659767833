using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>How far a walk has come; <see langword="default"/> is its start.</summary>
/// <param name="Last">The last OID received; a walk of one root goes on after it.</param>
/// <param name="Rows">How many varbinds were received so far.</param>
/// <remarks>The cursor of a walk of several roots comes from the burst before it: it knows more than these two. Two cursors are equal if these are.</remarks>
public readonly record struct WalkCursor(Oid Last, long Rows)
{
    /// <summary>Whether nothing was received yet.</summary>
    public bool IsAtStart => Rows == 0;

    internal WalkState? State { get; init; }

    /// <inheritdoc/>
    public bool Equals(WalkCursor other) => Last == other.Last && Rows == other.Rows;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Last, Rows);
}
