using System.Net;
using Connections.Snmp;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Benchmarks.Snmp;

/// <summary>User code as one writes it: a loop for each host that awaits one GET after the other.</summary>
internal sealed class EngineClient(int port, bool inline)
{
    internal static readonly Oid Instance = Oid.Parse("1.3.6.1.2.1.1.3.0");

    private readonly ISnmpClient[] _clients = ClientsOn(new SnmpEngine(new SnmpEngineOptions { InlineContinuations = inline }), port);
    private readonly long[] _counts = new long[SnmpBenchmark.Hosts];
    private volatile bool _isStopping;

    internal async Task<Sample> MeasureAsync()
    {
        _isStopping = false;
        var loops = Enumerable.Range(0, SnmpBenchmark.Hosts).Select(host => LoopAsync(_clients[host], host)).ToArray();
        await Task.Delay(SnmpBenchmark.Ramp);
        var meter = new Meter(_counts.Sum());
        await Task.Delay(SnmpBenchmark.Window);
        var sample = meter.Read(_counts.Sum());
        _isStopping = true;
        await Task.WhenAll(loops);
        return sample;
    }

    private static ISnmpClient[] ClientsOn(SnmpEngine engine, int port) =>
    [
        .. Enumerable.Range(0, SnmpBenchmark.Hosts)
            .Select(host => engine.CreateClient(new SnmpTarget(new IPEndPoint(BenchmarkAgent.AddressOf(host), port)))),
    ];

    private async Task LoopAsync(ISnmpClient client, int host)
    {
        while (!_isStopping)
        {
            var response = await client.SendAsync(SnmpRequest.Get(Instance)).ConfigureAwait(false);
            if (response.VarBinds.Count != 1)
            {
                throw new InvalidOperationException("A response without its varbind.");
            }

            _counts[host]++;
        }
    }
}
