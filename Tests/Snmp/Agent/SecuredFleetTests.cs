using System.Diagnostics;
using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>Many devices that speak SNMPv3 in one agent.</summary>
internal sealed class SecuredFleetTests : SecuredFixture
{
    private const int Count = 1_000;

    [Test]
    public async Task Each_of_a_thousand_devices_answers_its_user_and_takes_little_memory()
    {
        var user = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes256C, "fleet");
        var options = (Template with { Users = [user], EndPoint = new IPEndPoint(IPAddress.Parse("127.20.0.1"), 0) }).Repeat(Count).ToArray();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();

        var devices = Agent.AddRange(options);

        var (started, perDevice) = (watch.Elapsed, (GC.GetTotalMemory(forceFullCollection: true) - before) / Count);
        watch.Restart();
        foreach (var device in devices)
        {
            using var client = await MeetAsync(device, user);
            Assert.That((await client.GetAsync(Names.SysName)).Outcome, Is.EqualTo(UsmOutcome.Accepted));
        }

        var (met, perMetDevice) = (watch.Elapsed, (GC.GetTotalMemory(forceFullCollection: true) - before) / Count);
        TestContext.Out.WriteLine(
            $"{Count} devices with a user: added in {started.TotalMilliseconds:F0} ms, {perDevice} bytes each; all asked in {met.TotalMilliseconds:F0} ms, {perMetDevice} bytes each then.");
        Assert.That(perDevice, Is.LessThan(6_000));
        Assert.That(perMetDevice, Is.LessThan(12_000));
        Assert.That(devices.Select(device => device.Data), Is.All.SameAs(devices[0].Data));
    }

    [Test]
    public async Task A_device_answers_at_once_while_the_keys_of_others_are_made()
    {
        // Each has a password of its own, so that nothing of the work is at hand.
        var users = Enumerable.Range(0, 50).Select(index =>
            Pairs.User(AuthenticationProtocol.Sha512, PrivacyProtocol.None, "slow") with { AuthenticationKey = UsmKey.Password($"password {index:D4}") }).ToArray();
        var slow = users.Select(user => Agent.Add(Template with { Users = [user] })).ToArray();
        using var gate = new ManualResetEventSlim();
        var answeredBefore = -1L;
        var quick = Agent.Add(Template with { Name = "quick", Observer = _ => answeredBefore = slow.Sum(device => device.RequestsSeen) });
        var blocker = Agent.Add(Template with { Name = "blocker", Observer = _ => gate.Wait(TimeSpan.FromSeconds(30)) });
        using var witness = new RawClient(quick.EndPoint);
        var clients = new List<UserClient>();
        foreach (var (device, user) in slow.Zip(users))
        {
            clients.Add(await MeetAsync(device, user));
        }

        // All requests are there before the agent sees the first, and it takes them as one batch.
        witness.SendGet(Names.SysName, blocker.EndPoint);
        foreach (var client in clients)
        {
            client.Send(PduType.Get, UserClient.Reads(Names.SysName));
        }

        witness.SendGet(Names.SysName);
        gate.Set();
        Assert.That((await witness.ReceiveAsync()).From, Is.EqualTo(blocker.EndPoint));
        Assert.That((await witness.ReceiveAsync()).From, Is.EqualTo(quick.EndPoint));
        foreach (var client in clients)
        {
            Assert.That((await client.ReceiveAsync()).Outcome, Is.EqualTo(UsmOutcome.Accepted));
            client.Dispose();
        }

        Assert.That(answeredBefore, Is.Zero, "the quick device did not wait until any keys were made");
    }
}
