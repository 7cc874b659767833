using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace Connections.Benchmarks.Snmp;

/// <summary>One GET after the other in each loop, each loop with the client that it is given; those that time out do not count.</summary>
internal sealed class GetClient(IReadOnlyList<ISnmpClient> clients) : LoopClient(clients.Count)
{
    internal static readonly Oid Instance = Oid.Parse("1.3.6.1.2.1.1.3.0");

    protected override async Task LoopAsync(int loop)
    {
        while (!IsStopping)
        {
            try
            {
                await GetAsync(loop).ConfigureAwait(false);
            }
            catch (SnmpTimeoutException)
            {
                continue;
            }
        }
    }

    private async Task GetAsync(int loop)
    {
        while (!IsStopping)
        {
            var response = await clients[loop].SendAsync(SnmpRequest.Get(Instance)).ConfigureAwait(false);
            if (response.VarBinds.Count != 1)
            {
                throw new InvalidOperationException("A response without its varbind.");
            }

            Count(loop);
        }
    }
}
