using System.Net;
using System.Net.Sockets;
using Connections.Pooling;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

public sealed class SnmpConnectionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private static ConnectionSettings Settings(IPEndPoint endPoint, params (string Key, string Value)[] arguments) => new()
    {
        DeviceName = "lab-1",
        Alias = "snmp",
        Host = endPoint.Address.ToString(),
        Port = endPoint.Port,
        Arguments = arguments.ToDictionary(argument => argument.Key, argument => argument.Value),
    };

    [Test]
    public async Task Connecting_asks_the_agent_and_takes_any_answer_for_a_yes()
    {
        await using var responder = new Responder((responder, request) => responder.Reply(request, request.Error(SnmpErrorStatus.GenErr)));
        await using var connection = new SnmpConnection(Settings(responder.EndPoint), _engine);

        await connection.ConnectAsync().WaitAsync(Limit);

        Assert.That(connection.IsConnected, Is.True);
        Assert.That(responder.Received, Is.EqualTo(1));
    }

    [Test]
    public async Task Connecting_without_verification_sends_nothing()
    {
        await using var responder = new Responder(static (_, _) => { });
        await using var connection = new SnmpConnection(Settings(responder.EndPoint, ("verify", "false")), _engine);

        await connection.ConnectAsync().WaitAsync(Limit);

        Assert.That(connection.IsConnected, Is.True);
        Assert.That(_engine.Statistics.Requests, Is.Zero);
    }

    [Test]
    public async Task Connecting_to_a_silent_agent_fails_and_says_where()
    {
        await using var responder = new Responder(static (_, _) => { });
        await using var connection = new SnmpConnection(Settings(responder.EndPoint, ("timeout", "0.02"), ("retries", "1")), _engine);

        var error = Assert.ThrowsAsync<ConnectFailedException>(() => connection.ConnectAsync().WaitAsync(Limit));

        Assert.That(error!.Message, Does.Contain("lab-1").And.Contain("snmp").And.Contain(responder.EndPoint.ToString()).And.Contain("verify: false"));
        Assert.That(error.InnerException, Is.TypeOf<SnmpTimeoutException>());
    }

    [Test]
    public async Task A_host_name_that_does_not_resolve_fails_and_names_it()
    {
        var settings = new ConnectionSettings { DeviceName = "lab-1", Alias = "snmp", Host = "no-such-host.invalid" };
        await using var connection = new SnmpConnection(settings, _engine);

        var error = Assert.ThrowsAsync<ConnectFailedException>(() => connection.ConnectAsync().WaitAsync(Limit));

        Assert.That(error!.Message, Does.Contain("no-such-host.invalid").And.Contain("lab-1").And.Contain("resolved"));
    }

    [Test]
    public async Task A_host_name_is_looked_up_once_in_a_short_while_and_prefers_version_4()
    {
        var lookups = 0;
        var resolver = new HostResolver(TimeProvider.System, (_, _) =>
        {
            lookups++;
            return Task.FromResult(new[] { IPAddress.IPv6Loopback, IPAddress.Loopback });
        });
        var settings = new ConnectionSettings { DeviceName = "lab-1", Host = "agent.example" };

        var first = await resolver.ResolveAsync(settings, default);
        var second = await resolver.ResolveAsync(settings with { Host = "AGENT.example" }, default);

        Assert.That(new[] { first, second }, Is.All.EqualTo(IPAddress.Loopback));
        Assert.That(lookups, Is.EqualTo(1));
    }

    [TestCase("version", "4")]
    [TestCase("timeout", "soon")]
    [TestCase("timeout", "0")]
    [TestCase("timeout", "NaN")]
    [TestCase("retries", "-1")]
    [TestCase("retries", "many")]
    [TestCase("max_repetitions", "0")]
    [TestCase("verify", "perhaps")]
    public void An_argument_that_is_not_allowed_is_named_with_its_value(string key, string value)
    {
        var settings = Settings(new IPEndPoint(IPAddress.Loopback, 161), (key, value));

        var error = Assert.Throws<ConnectionException>(() => _ = new SnmpConnection(settings, _engine));

        Assert.That(error!.Message, Does.Contain(key).And.Contain($"'{value}'").And.Contain("lab-1").And.Contain("must be"));
    }

    [Test]
    public async Task The_community_comes_from_the_credentials_before_the_arguments()
    {
        var communities = new List<string>();
        await using var responder = new Responder((responder, request) =>
        {
            communities.Add(request.Community);
            responder.Reply(request, request.Answer(1));
        });
        var plain = Settings(responder.EndPoint);
        var argued = Settings(responder.EndPoint, ("community", "argued"));
        var credited = argued with
        {
            Credentials = new Credentials { Values = new Dictionary<string, Secret> { ["community"] = new("credited") } },
        };

        foreach (var settings in new[] { plain, argued, credited })
        {
            await using var connection = new SnmpConnection(settings, _engine);
            await connection.ConnectAsync().WaitAsync(Limit);
        }

        Assert.That(communities, Is.EqualTo(new[] { "public", "argued", "credited" }));
    }

    [Test]
    public async Task Concurrent_calls_take_turns()
    {
        var underWay = 0;
        var most = 0;
        await using var responder = new Responder((responder, request) =>
        {
            most = Math.Max(most, _engine.Statistics.InFlight);
            Interlocked.Increment(ref underWay);
            responder.Reply(request, request.Answer(1));
        });
        await using var connection = new SnmpConnection(Settings(responder.EndPoint), _engine);
        await connection.ConnectAsync().WaitAsync(Limit);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => connection.GetAsync(Responder.Instance).AsTask())).WaitAsync(Limit);

        Assert.That(underWay, Is.EqualTo(51));
        Assert.That(most, Is.EqualTo(1));
    }

    [Test]
    public async Task A_call_that_timed_out_leaves_the_connection_connected()
    {
        var isSilent = true;
        await using var responder = new Responder((responder, request) =>
        {
            if (!isSilent)
            {
                responder.Reply(request, request.Answer(5));
            }
        });
        await using var connection = new SnmpConnection(Settings(responder.EndPoint, ("verify", "false"), ("timeout", "1"), ("retries", "0")), _engine);
        await connection.ConnectAsync().WaitAsync(Limit);
        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => connection.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit));
        isSilent = false;

        Assert.That(error!.Device, Is.EqualTo("lab-1"));
        Assert.That(error.Alias, Is.EqualTo("snmp"));
        Assert.That((await connection.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(5));
    }

    [Test]
    public async Task Disposing_ends_the_call_under_way()
    {
        await using var responder = new Responder(static (_, _) => { });
        var connection = new SnmpConnection(Settings(responder.EndPoint, ("verify", "false"), ("timeout", "600")), _engine);
        await connection.ConnectAsync().WaitAsync(Limit);
        var call = connection.GetAsync(Responder.Instance).AsTask();
        await responder.HasReceivedAsync(1).WaitAsync(Limit);

        await connection.DisposeAsync().AsTask().WaitAsync(Limit);

        Assert.ThrowsAsync<NotConnectedException>(() => call.WaitAsync(Limit));
    }

    [Test]
    public async Task A_cancelled_call_tells_its_own_token()
    {
        await using var responder = new Responder(static (_, _) => { });
        await using var connection = new SnmpConnection(Settings(responder.EndPoint, ("verify", "false"), ("timeout", "600")), _engine);
        await connection.ConnectAsync().WaitAsync(Limit);
        using var cancellation = new CancellationTokenSource();
        var call = connection.GetAsync(Responder.Instance, cancellation.Token).AsTask();
        await responder.HasReceivedAsync(1).WaitAsync(Limit);

        await cancellation.CancelAsync();

        var error = Assert.CatchAsync<OperationCanceledException>(() => call.WaitAsync(Limit));
        Assert.That(error!.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(connection.IsConnected, Is.True);
    }
}
