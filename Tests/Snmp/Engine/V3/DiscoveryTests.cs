using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>What an agent must tell before it can be asked, and who waits for it.</summary>
public sealed class DiscoveryTests : SecuredAgentFixture
{
    [Test]
    public async Task A_hundred_first_requests_share_one_discovery()
    {
        var device = Agent.Add(Device(User));
        var client = Client(device);

        var varBinds = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => GetNameAsync(client))).WaitAsync(Limit);

        Assert.That(varBinds, Is.All.EqualTo(varBinds[0]));
        Assert.That(Engine.Statistics.Discoveries, Is.EqualTo(1));
        Assert.That(device.Reports, Is.EqualTo(1));
        Assert.That(device.RequestsSeen, Is.EqualTo(100));
        Assert.That(Engine.Statistics.Requests, Is.EqualTo(100));
        Assert.That(Engine.Statistics.Waiting, Is.Zero);
    }

    [Test]
    public async Task Several_users_of_one_agent_share_one_discovery()
    {
        SnmpUser[] users = [.. Pairs.Users.Where(static user => user.Privacy == PrivacyProtocol.None)
            .Select(static user => Pairs.User(user.Authentication, PrivacyProtocol.None, user.Authentication.ToString()))];
        var device = Agent.Add(Device([.. users.Select(static user => new SimulatedUser(user))]));

        await Task.WhenAll(users.Select(user => GetNameAsync(Client(device, user)))).WaitAsync(Limit);

        Assert.That(device.Reports, Is.EqualTo(1));
        Assert.That(device.RequestsSeen, Is.EqualTo(7));
    }

    [Test]
    public async Task When_the_request_that_discovers_is_cancelled_the_next_one_discovers()
    {
        var device = Agent.Add(Device(User));
        device.FallSilent(Timeout.InfiniteTimeSpan);
        var client = Client(device, options: Persistent);
        using var cancellation = new CancellationTokenSource();
        var first = client.GetAsync(SysName, cancellation.Token).AsTask();
        var others = Enumerable.Range(0, 5).Select(_ => GetNameAsync(client)).ToArray();

        await cancellation.CancelAsync();
        device.Revive();

        Assert.That(async () => await first.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        await Task.WhenAll(others).WaitAsync(Limit);
        Assert.That(device.RequestsSeen, Is.EqualTo(5));
    }

    [Test]
    public async Task An_agent_that_tells_nothing_fails_all_who_wait_and_holds_up_no_other()
    {
        var silent = Agent.Add(Device(User) with { Name = "silent" });
        var living = Agent.Add(Device(User) with { Name = "living" });
        silent.FallSilent(Timeout.InfiniteTimeSpan);
        var dead = Client(silent, options: new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(300), Retries = 1 });
        var calls = Enumerable.Range(0, 10).Select(_ => dead.GetAsync(SysName).AsTask()).ToArray();

        for (var round = 0; round < 20; round++)
        {
            await GetNameAsync(Client(living));
        }

        foreach (var call in calls)
        {
            var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => call.WaitAsync(Limit));
            Assert.That(error!.Hint, Does.Contain("did not tell its engine ID"));
        }

        Assert.That(Engine.Statistics.Waiting, Is.Zero);
        silent.Revive();
        await GetNameAsync(Client(silent));
    }

    [Test]
    public async Task A_lost_discovery_is_sent_again_within_the_attempts_of_the_request()
    {
        var device = Agent.Add(Device(User) with { Loss = 0.5, Seed = 7 });
        var client = Client(device, options: Persistent);

        for (var round = 0; round < 10; round++)
        {
            await GetNameAsync(client);
        }

        Assert.That(device.Lost, Is.GreaterThan(0));
        Assert.That(Engine.Statistics.Retransmissions, Is.EqualTo(device.Lost));
    }

    [Test]
    public async Task A_given_engine_id_is_not_asked_for_and_a_wrong_one_disturbs_nobody()
    {
        var device = Agent.Add(Device(User));
        var wrong = Client(device, User with { EngineId = SnmpEngineId.Parse("8000000001") });
        var given = Client(device, User with { EngineId = device.EngineId });

        Assert.ThrowsAsync<SnmpUnknownEngineException>(() => GetNameAsync(wrong));
        await GetNameAsync(given);
        Assert.That(Engine.Statistics.Discoveries, Is.Zero);

        await GetNameAsync(Client(device));
        Assert.ThrowsAsync<SnmpUnknownEngineException>(() => GetNameAsync(wrong));
        Assert.That(Engine.Statistics.Discoveries, Is.EqualTo(1));
    }

    [Test]
    public async Task Two_devices_with_one_engine_id_do_not_disturb_each_other()
    {
        var shared = Device(User) with { EngineId = SnmpEngineId.Parse("8000000001020304") };
        SimulatedDevice[] devices = [Agent.Add(shared with { Boots = 3 }), Agent.Add(shared with { Name = "lab-2", Boots = 900 })];
        devices[1].StepClock(TimeSpan.FromDays(30));
        var clients = devices.Select(device => Client(device)).ToArray();

        for (var round = 0; round < 20; round++)
        {
            await Task.WhenAll(clients.Select(GetNameAsync)).WaitAsync(Limit);
        }

        Assert.That(devices.Select(static device => device.Reports), Is.All.EqualTo(1), "nothing but the discovery");
        Assert.That(devices.Select(static device => device.RequestsSeen), Is.All.EqualTo(20));
        Assert.That(Engine.Statistics.Retransmissions, Is.Zero);
    }

    [Test]
    public async Task No_request_is_larger_than_the_agent_says_that_it_takes()
    {
        const int Least = SimulatedDeviceOptions.LeastMessageSize;
        var device = Agent.Add(Device(User) with { MaxMessageSize = Least });
        var client = Client(device);
        await GetNameAsync(client);
        var before = Engine.Statistics;

        var varBinds = await client.GetAsync([.. Enumerable.Repeat(SysName, 100)]).AsTask().WaitAsync(Limit);

        var after = Engine.Statistics;
        Assert.That(varBinds, Has.Count.EqualTo(100).And.All.EqualTo(varBinds[0]));
        Assert.That((after.BytesSent - before.BytesSent) / (after.Requests - before.Requests), Is.LessThanOrEqualTo(Least));
    }

    [Test]
    public async Task Disposing_of_the_engine_fails_those_who_wait_for_a_discovery()
    {
        var device = Agent.Add(Device(User));
        device.FallSilent(Timeout.InfiniteTimeSpan);
        await using var engine = new SnmpEngine();
        var client = engine.CreateClient(SnmpdUsers.Target(User, device.EndPoint));
        var calls = Enumerable.Range(0, 5).Select(_ => client.GetAsync(SysName).AsTask()).ToArray();

        await engine.DisposeAsync();

        foreach (var call in calls)
        {
            Assert.ThrowsAsync<ObjectDisposedException>(() => call.WaitAsync(Limit));
        }
    }
}
