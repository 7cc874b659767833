using Connections.Pooling;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;
using Connections.Tests.Relays;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Relays;

/// <summary>A pool of SNMP workers whose way to a real snmpd is cut under their callers, and mended.</summary>
public sealed class CutSnmpPoolTests
{
    private const int Workers = 5;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(0.4);
    private static readonly TimeSpan PoolTimeout = TimeSpan.FromSeconds(2);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");

    [Test]
    public async Task Fifty_callers_of_a_device_that_is_cut_off_for_five_seconds_are_told_why_and_served_again_in_their_order()
    {
        await using var relay = new DatagramRelay(TestServer.Snmpd);
        var settings = TestConnection.Settings(relay.EndPoint, timeout: Timeout, retries: 1) with { PoolSize = Workers, PoolTimeout = PoolTimeout };
        await using var device = new Device(
            new DeviceSettings { Name = settings.DeviceName, Connections = new Dictionary<string, ConnectionSettings> { ["snmp"] = settings } },
            new ConnectionClasses().Add<SnmpConnection>("snmp"));
        await device.ConnectAsync("snmp").WaitAsync(TimeSpan.FromSeconds(30));
        var trial = new CutTrial<ISnmpClient>(device, "snmp", relay, PoolTimeout + (3 * Timeout), AskAsync);

        await trial.RunAsync(cut: TimeSpan.FromSeconds(5));

        Assert.That(trial.Errors, Is.All.Matches<Exception>(static error => error is IConnectionError { Device: "router-1", Alias: "snmp" }));
        Assert.That(trial.Errors, Is.All.TypeOf<SnmpTimeoutException>().Or.TypeOf<PoolTimeoutException>());
        Assert.That(trial.MessagesOf<SnmpTimeoutException>(), Is.All.Contains("did not answer").And.Some.Contains("2 attempts"));
        Assert.That(trial.MessagesOf<PoolTimeoutException>(), Is.All.Contains("5 busy").And.All.Contains("Held by").And.Not.Empty);
        Assert.That(trial.OrderOfService, Is.Ordered.And.Unique.And.Not.Empty);
        Assert.That(device.Connections.GetPool("snmp").Statistics.Created, Is.EqualTo(Workers), "A worker over UDP outlives the cut.");
    }

    // The second name differs from caller to caller, so that nobody takes another's answer for its own.
    private static async Task AskAsync(ISnmpClient client, int caller)
    {
        var mark = SysDescr.Parent.Append(1000 + (uint)caller);
        var answer = await client.GetAsync([SysDescr, mark]);
        Assert.That(answer.Select(static varBind => varBind.Oid), Is.EqualTo(new[] { SysDescr, mark }));
        Assert.That(answer[1].Value, Is.EqualTo(SnmpValue.NoSuchInstance));
    }
}
