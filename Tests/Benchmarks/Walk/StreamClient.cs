using Connections.Benchmarks.Snmp;
using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace Connections.Benchmarks.Walk;

/// <summary>One walk of a table after the other in each loop, by <c>await foreach</c>; each varbind counts.</summary>
internal sealed class StreamClient(IReadOnlyList<ISnmpClient> clients, IReadOnlyList<Oid> roots) : LoopClient(clients.Count)
{
    protected override async Task LoopAsync(int loop)
    {
        while (!IsStopping)
        {
            await foreach (var varBind in clients[loop].WalkAsync(roots).ConfigureAwait(false))
            {
                if (varBind.Value.IsException)
                {
                    throw new InvalidOperationException($"A cell that is none: {varBind}.");
                }

                Count(loop);
                if (IsStopping)
                {
                    break;
                }
            }
        }
    }
}
