using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Walks;

/// <summary>Walks a synthetic table and sums up what came.</summary>
internal static class TableWalk
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);

    public static async Task<VarBindChecksum> SumAsync(ISnmpClient client, SyntheticTable table, WalkKind kind)
    {
        using var bound = new CancellationTokenSource(Bound);
        var checksum = default(VarBindChecksum);
        await foreach (var varBind in client.WalkAsync(RequestFor(table, kind), bound.Token))
        {
            checksum = checksum.With(varBind);
        }

        return checksum;
    }

    private static WalkRequest RequestFor(SyntheticTable table, WalkKind kind) => kind switch
    {
        WalkKind.Columns => new WalkRequest { Roots = [.. Enumerable.Range(1, table.Columns).Select(column => table.Entry.Append((uint)column))] },
        WalkKind.OneRoot => new WalkRequest { Root = table.Entry },
        _ => new WalkRequest { Root = table.Entry, UsesBulk = false },
    };
}
