using System.Net;
using System.Net.Sockets;
using Connections.Pooling;
using Connections.Snmp.Engine;
using Connections.Tests;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Host names and addresses: what is remembered, for how long, and scopes.</summary>
public sealed class HostResolverTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly FakeTime _time = new();
    private readonly List<string> _lookups = [];

    private static ConnectionSettings Settings(string host) => new() { DeviceName = "lab-1", Alias = "snmp", Host = host };

    private HostResolver Resolver(Func<string, IPAddress[]> lookUp) => new(_time, (name, _) =>
    {
        _lookups.Add(name);
        return Task.FromResult(lookUp(name));
    });

    [SetUp]
    public void Forget() => _lookups.Clear();

    [Test]
    public async Task A_name_is_asked_for_again_after_half_a_minute()
    {
        var resolver = Resolver(_ => [IPAddress.Parse($"127.0.0.{_lookups.Count}")]);

        var first = await resolver.ResolveAsync(Settings("agent.example"), default);
        _time.Advance(TimeSpan.FromSeconds(29));
        var soon = await resolver.ResolveAsync(Settings("agent.example"), default);
        _time.Advance(TimeSpan.FromSeconds(2));
        var later = await resolver.ResolveAsync(Settings("agent.example"), default);

        Assert.That(new[] { first, soon, later }.Select(static address => address.ToString()), Is.EqualTo(new[] { "127.0.0.1", "127.0.0.1", "127.0.0.2" }));
    }

    [Test]
    public async Task A_failure_is_not_remembered()
    {
        var resolver = Resolver(_ => _lookups.Count == 1 ? throw new SocketException((int)SocketError.TryAgain) : [IPAddress.Loopback]);

        Assert.ThrowsAsync<ConnectFailedException>(() => resolver.ResolveAsync(Settings("agent.example"), default).AsTask());
        Assert.That(await resolver.ResolveAsync(Settings("agent.example"), default), Is.EqualTo(IPAddress.Loopback));
    }

    [Test]
    public void A_name_without_address_is_named()
    {
        var error = Assert.ThrowsAsync<ConnectFailedException>(() => Resolver(static _ => []).ResolveAsync(Settings("agent.example"), default).AsTask());

        Assert.That(error!.Message, Does.Contain("'agent.example' has no address").And.Contain("lab-1"));
    }

    [Test]
    public async Task An_IPv6_address_is_taken_where_there_is_no_other()
    {
        var resolver = Resolver(static _ => [IPAddress.IPv6Loopback]);

        Assert.That(await resolver.ResolveAsync(Settings("agent.example"), default), Is.EqualTo(IPAddress.IPv6Loopback));
    }

    [TestCase("127.0.0.9")]
    [TestCase("fe80::1%1")]
    [TestCase("fe80::1%lo")]
    public async Task An_address_is_never_looked_up_and_keeps_its_scope(string text)
    {
        var address = await Resolver(static _ => []).ResolveAsync(Settings(text), default);

        Assert.That(_lookups, Is.Empty);
        Assert.That(address, Is.EqualTo(IPAddress.Parse(text.Replace("%lo", "%1"))));
    }

    [TestCase("::1%1")]
    [TestCase("::1%lo")]
    public async Task A_connection_to_an_address_with_a_scope_is_answered(string host)
    {
        await using var responder = Responder.Answering(7, IPAddress.IPv6Loopback);
        await using var engine = new SnmpEngine();
        await using var connection = new SnmpConnection(Settings(host) with { Port = responder.EndPoint.Port }, engine);
        await connection.ConnectAsync().WaitAsync(Limit);

        Assert.That((await connection.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(7));
    }

    [Test]
    public async Task A_link_local_address_that_is_reached_by_no_interface_fails_and_names_it()
    {
        await using var engine = new SnmpEngine();
        var settings = Settings("fe80::1%lo") with { Arguments = new Dictionary<string, string> { ["timeout"] = "0.05", ["retries"] = "0" } };
        await using var connection = new SnmpConnection(settings, engine);

        var error = Assert.ThrowsAsync<ConnectFailedException>(() => connection.ConnectAsync().WaitAsync(Limit));

        Assert.That(error!.Message, Does.Contain("fe80::1%1"));
    }
}
