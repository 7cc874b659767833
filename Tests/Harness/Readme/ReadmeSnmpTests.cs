using System.Collections.Concurrent;
using System.Net;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Tests.Readme;

/// <summary>What the README shows of SNMP at scale, and of notifications.</summary>
public sealed class ReadmeSnmpTests
{
    private const int Interfaces = 4;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Counters_of_many_devices_come_in_blocks()
    {
        await using var agent = new SnmpAgent();
        var devices = Enumerable.Range(0, 20).Select(seed => agent.Add(new SimulatedDeviceOptions { Name = $"d{seed}", Data = SyntheticDevice.Create($"d{seed}", seed, Interfaces) }));
        var addresses = devices.Select(static device => device.EndPoint.ToString()).ToList();
        var counters = new ConcurrentDictionary<(string Device, OidIndex Interface), ulong>();

        await CollectAsync(addresses, counters).WaitAsync(Limit);

        Assert.That(counters.Keys.Select(static key => key.Device).Distinct(), Is.EquivalentTo(addresses));
        Assert.That(counters, Has.Count.EqualTo(addresses.Count * Interfaces));
    }

    [Test]
    public async Task An_inform_is_heard()
    {
        await using var listener = new SnmpNotificationListener(new SnmpNotificationListenerOptions { EndPoints = [new IPEndPoint(IPAddress.Loopback, 0)] });
        var heard = new List<string>();
        using var sender = new SnmpNotificationSender();
        var target = new SnmpTarget(listener.EndPoints[0]);
        await sender.InformAsync(target, Oid.Parse("1.3.6.1.6.3.1.1.5.3")).AsTask().WaitAsync(Limit);
        await listener.DisposeAsync();

        await ListenAsync(listener, heard).WaitAsync(Limit);

        Assert.That(heard, Has.One.Items.And.All.Matches("^SNMPv2c inform 1\\.3\\.6\\.1\\.6\\.3\\.1\\.1\\.5\\.3 from 127\\.0\\.0\\.1:"));
    }

    [TestCase(1)]
    [TestCase(2)]
    public void The_code_in_the_README_is_the_code_that_was_tested(int block) => Assert.That(
        ReadmeText.Source("ReadmeSnmpTests.cs"), Does.Contain(ReadmeText.WithoutIndentation(ReadmeText.Blocks("csharp")[block]).Trim()));

    private static async Task CollectAsync(List<string> addresses, ConcurrentDictionary<(string Device, OidIndex Interface), ulong> counters)
    {
        var octets = new CollectShape(CollectKind.Walk, [Oid.Parse("1.3.6.1.2.1.31.1.1.1.6")]); // ifHCInOctets
        var collector = new SnmpCollector(new CollectTargets(SnmpEngine.Shared).FindAsync);
        await foreach (var block in collector.CollectAsync(addresses.Select(address => new CollectRequest(address, address, octets))))
        {
            using (block)
            {
                foreach (var row in block.Rows())
                {
                    counters[(row.Request.Target, row.Index)] = row.VarBind.Value.ToUInt64();
                }
            }
        }
    }

    private static async Task ListenAsync(SnmpNotificationListener listener, List<string> heard)
    {
        await foreach (var notification in listener.ReadAllAsync())
        {
            heard.Add(notification.ToString()); // SNMPv2c inform 1.3.6.1.6.3.1.1.5.3 from 192.0.2.1:54321
        }
    }
}
