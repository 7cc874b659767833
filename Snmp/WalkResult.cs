using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>What one burst of a walk brought.</summary>
/// <remarks>
/// What the walks of <see cref="SnmpClientExtensions"/> fetch is theirs: it is empty once the walk has gone on. What a caller of <see cref="ISnmpClient.CollectAsync"/> fetches
/// himself is his for good.
/// A burst that fails after varbinds have arrived returns these and a cursor: the next burst meets the failure, or finds it gone.
/// </remarks>
public sealed class WalkResult
{
    /// <summary>Makes a result, for a client of one's own.</summary>
    /// <param name="varBinds">The varbinds.</param>
    /// <param name="next">Where the next burst goes on; <see langword="null"/> when the walk is complete.</param>
    public WalkResult(IEnumerable<VarBind> varBinds, WalkCursor? next)
        : this(new VarBindBuffer(), next)
    {
        ArgumentNullException.ThrowIfNull(varBinds);
        foreach (var varBind in varBinds)
        {
            Buffer.Add(varBind);
        }
    }

    internal WalkResult(VarBindBuffer varBinds, WalkCursor? next)
    {
        Buffer = varBinds;
        Next = next;
    }

    /// <summary>The varbinds, in the order of their OIDs; all lie under the request's root.</summary>
    public IReadOnlyList<VarBind> VarBinds => Buffer;

    /// <summary>Where the next burst goes on; <see langword="null"/> when the walk is complete.</summary>
    public WalkCursor? Next { get; }

    internal VarBindBuffer Buffer { get; }
}
