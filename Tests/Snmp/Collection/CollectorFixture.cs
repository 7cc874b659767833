using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Collection;

/// <summary>An agent, an engine, and what to collect from one into the other.</summary>
public abstract class CollectorFixture
{
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    protected static SnmpOptions Quick { get; } = new() { Timeout = TimeSpan.FromMilliseconds(200), Retries = 12, Backoff = 1.2 };

    protected SnmpAgent Agent { get; private set; } = null!;

    protected SnmpEngine Engine { get; private set; } = null!;

    [SetUp]
    public void Start()
    {
        Agent = new SnmpAgent();
        Engine = new SnmpEngine();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Engine.DisposeAsync();
        await Agent.DisposeAsync();
    }

    protected IReadOnlyList<SimulatedDevice> AddDevices(int count, MibData data, Func<SimulatedDeviceOptions, SimulatedDeviceOptions>? change = null)
    {
        var options = new SimulatedDeviceOptions { Name = "device", Data = data };
        return Agent.AddRange((change?.Invoke(options) ?? options).Repeat(count));
    }

    protected SnmpCollector Collector(CollectorOptions? options = null, SnmpOptions? snmp = null) =>
        new(new CollectTargets(Engine, snmp ?? Quick).FindAsync, options);

    protected static Oid[] Columns(SyntheticTable table) => [.. Enumerable.Range(1, table.Columns).Select(column => table.Entry.Append((uint)column))];

    protected static VarBindChecksum Truth(MibData data) => VarBindChecksum.Of(data.Select(static variable => new VarBind(variable.Oid, variable.Value)));

    /// <summary>Reads all blocks as another machine would: from a copy of their octets.</summary>
    protected static async Task<Collected> CollectAsync(SnmpCollector collector, IEnumerable<CollectRequest> requests)
    {
        var collected = new Collected();
        using var limit = new CancellationTokenSource(Limit);
        await foreach (var block in collector.CollectAsync(requests, limit.Token))
        {
            using var copy = ResultBlock.Read(block.Memory.ToArray());
            collected.Add(copy);
            block.Dispose();
        }

        return collected;
    }
}
