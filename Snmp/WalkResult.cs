using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>What one burst of a walk brought.</summary>
/// <remarks>
/// A burst that fails after varbinds have arrived returns these and a cursor: the next burst meets the failure, or finds it gone.
/// </remarks>
public sealed class WalkResult
{
    internal WalkResult(IReadOnlyList<VarBind> varBinds, WalkCursor? next)
    {
        VarBinds = varBinds;
        Next = next;
    }

    /// <summary>The varbinds, in the order of their OIDs; all lie under the request's root.</summary>
    public IReadOnlyList<VarBind> VarBinds { get; }

    /// <summary>Where the next burst goes on; <see langword="null"/> when the walk is complete.</summary>
    public WalkCursor? Next { get; }
}
