using System.Net;
using Connections;
using Connections.Native.Sync;
using Connections.NetSnmp;
using Connections.Snmp;
using Connections.Snmp.Agent;

namespace Package.Tests;

/// <summary>What a stranger does with the packages: a connection class of one's own, and a pool of SNMP workers.</summary>
public sealed class PackageTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Test]
    public async Task A_class_with_a_locked_method_compiles_and_its_callers_take_turns()
    {
        await using var counter = new CounterConnection(new ConnectionSettings { DeviceName = "counter" });
        await counter.ConnectAsync().WaitAsync(Bound);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await counter.CountAsync()))).WaitAsync(Bound);

        Assert.That(await counter.CountAsync().WaitAsync(Bound), Is.EqualTo(101));
    }

    [Test]
    public async Task A_pool_of_snmp_workers_serves_its_callers()
    {
        await using var agent = new SnmpAgent();
        var settings = SimulatedBy(agent) with { PoolSize = 5 };
        await using var device = new Device(
            new DeviceSettings { Name = "router-1", Connections = new Dictionary<string, ConnectionSettings> { ["snmp"] = settings } },
            new ConnectionClasses().Add<SnmpConnection>("snmp"));
        await device.ConnectAsync("snmp").WaitAsync(Bound);
        var client = device.Get<ISnmpClient>("snmp");

        var names = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.GetAsync("1.3.6.1.2.1.1.5.0").AsTask())).WaitAsync(Bound);

        Assert.That(names.Select(static name => name.Value.ToText()), Is.All.EqualTo("router-1"));
        Assert.That(device.Connections.GetPool("snmp").Statistics.Served, Is.EqualTo(50));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_worker_process_of_the_package_asks_by_the_system_s_library()
    {
        await using var agent = new SnmpAgent();
        await using var connection = new NetSnmpConnection(SimulatedBy(agent));
        await connection.ConnectAsync().WaitAsync(Bound);

        var name = await connection.GetAsync("1.3.6.1.2.1.1.5.0").AsTask().WaitAsync(Bound);

        Assert.That(name.Value.ToText(), Is.EqualTo("router-1"));
        Assert.That(connection.WorkerProcessId, Is.Not.Null.And.Not.EqualTo(Environment.ProcessId));
    }

    [Test]
    [Platform("Linux")]
    public void A_process_knows_itself() => Assert.That(ProcessIdentity.Current.IsAlive(), Is.True);

    // The connection that a testbed would define for a simulated device.
    private static ConnectionSettings SimulatedBy(SnmpAgent agent)
    {
        var simulated = agent.Add(new SimulatedDeviceOptions
        {
            Name = "router-1",
            Data = SyntheticDevice.Create("router-1", seed: 1),
            EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        });
        return new ConnectionSettings
        {
            DeviceName = "router-1",
            Alias = "snmp",
            Protocol = "snmp",
            Host = simulated.EndPoint.Address.ToString(),
            Port = simulated.EndPoint.Port,
        };
    }
}
