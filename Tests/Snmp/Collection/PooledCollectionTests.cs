using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;

namespace Connections.Snmp.Tests.Collection;

/// <summary>A collector whose requests go through a pool of connections, which is one client to it.</summary>
public sealed class PooledCollectionTests : CollectorFixture
{
    private const int Workers = 3;

    private static readonly SyntheticTable Table = new() { Rows = 200, Columns = 4 };
    private static readonly Oid UpTime = Oid.Parse("1.3.6.1.2.1.1.3.0");
    private static readonly ConnectionClasses Classes = new ConnectionClasses().Add<SnmpConnection>("snmp");

    [TestCase(false)]
    [TestCase(true)]
    public async Task Requests_through_a_pool_take_turns_on_its_workers_and_come_back_whole(bool isFetchedOneByOne)
    {
        var simulated = AddDevices(1, new MibData([.. Table.ToData(), new MibVariable(UpTime, SnmpValue.TimeTicks(1))])).Single();
        var settings = TestConnection.Settings(simulated.EndPoint) with { PoolSize = Workers };
        await using var device = new Device(
            new DeviceSettings { Name = settings.DeviceName, Connections = new Dictionary<string, ConnectionSettings> { ["snmp"] = settings } }, Classes);
        await device.ConnectAsync("snmp").WaitAsync(Limit);
        var pool = device.Get<ISnmpClient>("snmp");
        var walk = new CollectShape(CollectKind.Walk, Columns(Table));
        var get = new CollectShape(CollectKind.Get, [UpTime]);
        var requests = Enumerable.Range(0, 60).Select(i => new CollectRequest($"{i}", "r1", i % 2 == 0 ? walk : get)
        {
            Options = new CollectRequestOptions { UsesBulk = !isFetchedOneByOne },
        });

        var collected = await CollectAsync(
            new SnmpCollector((_, _) => ValueTask.FromResult(pool), new CollectorOptions { MaxPerDevice = 20 }), requests);

        var statistics = device.Connections.GetPool("snmp").Statistics;
        var truth = Truth(Table.ToData());
        Assert.That(collected.Results, Has.Count.EqualTo(60));
        Assert.That(collected.Results.Values.Select(static result => result.Outcome), Is.All.EqualTo(CollectOutcome.Succeeded));
        Assert.That(Enumerable.Range(0, 60).Where(static i => i % 2 == 0).Select(i => collected.ChecksumOf($"{i}")), Is.All.EqualTo(truth));
        Assert.That((statistics.Size, statistics.Idle), Is.EqualTo((Workers, Workers)));
    }
}
