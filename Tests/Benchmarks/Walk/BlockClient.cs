using System.Globalization;
using Connections.Benchmarks.Snmp;
using Connections.Snmp;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Benchmarks.Walk;

/// <summary>Requests to all hosts again and again, collected into blocks; each record counts.</summary>
internal sealed class BlockClient : LoopClient
{
    private readonly CollectRequest[] _requests;
    private readonly SnmpCollector _collector;

    internal BlockClient(IReadOnlyList<ISnmpClient> clients, CollectKind kind, IReadOnlyList<Oid> roots)
        : base(loops: 1)
    {
        var shape = new CollectShape(kind, roots);
        var found = new Dictionary<string, ISnmpClient>();
        _requests = new CollectRequest[clients.Count];
        for (var host = 0; host < clients.Count; host++)
        {
            var name = host.ToString(CultureInfo.InvariantCulture);
            _requests[host] = new CollectRequest(name, name, shape);
            found.Add(name, clients[host]);
        }

        _collector = new SnmpCollector(
            (request, _) => ValueTask.FromResult(found[request.Target]), new CollectorOptions { MaxConcurrent = clients.Count });
    }

    protected override async Task LoopAsync(int loop)
    {
        var failed = _collector.Progress.Failed;
        await foreach (var block in _collector.CollectAsync(Requests()).ConfigureAwait(false))
        {
            Count(loop, block.RecordCount);
            block.Dispose();
            if (IsStopping)
            {
                // What is under way need not come to its end, which would take as long as a window.
                break;
            }

            if (_collector.Progress.Failed != failed)
            {
                throw new InvalidOperationException("A request failed.");
            }
        }
    }

    private IEnumerable<CollectRequest> Requests()
    {
        while (!IsStopping)
        {
            foreach (var request in _requests)
            {
                yield return request;
            }
        }
    }
}
