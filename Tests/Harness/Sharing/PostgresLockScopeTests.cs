using Connections.Harness.Sharing;
using Connections.Locking;
using Connections.Pooling;
using Connections.Tests.Servers;
using Npgsql;

namespace Connections.Harness.Tests.Sharing;

/// <summary>The locks of a server within one process, and what goes wrong with its address.</summary>
public sealed class PostgresLockScopeTests
{
    private const string Password = "correct-horse";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(200);

    private readonly string _device = $"edge-{Guid.NewGuid():n}";
    private readonly List<PostgresLockScope> _scopes = [];

    [TearDown]
    public void TearDown()
    {
        _scopes.ForEach(static scope => scope.Dispose());
        _scopes.Clear();
    }

    [Test]
    public async Task One_has_it_at_a_time_and_who_asks_without_waiting_is_told_at_once()
    {
        var (one, other) = (Open(), Open());
        await one.EnterAsync(TimeSpan.Zero, CancellationToken.None);

        Assert.That(() => other.EnterAsync(TimeSpan.Zero, CancellationToken.None).AsTask(), Throws.TypeOf<TimeoutException>());
        Assert.That(other.Holder!.Value.Member, Does.StartWith($"process {Environment.ProcessId} of {Environment.MachineName} "));
        await one.EnsureInsideAsync(CancellationToken.None);
        one.Leave();
        other.Enter(TimeSpan.FromSeconds(30), CancellationToken.None);
        other.EnsureInside();
        other.Leave();
    }

    [Test]
    public async Task A_wait_that_is_over_or_cancelled_leaves_nothing_behind()
    {
        var (one, other) = (Open(), Open());
        await one.EnterAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var cancelled = other.EnterAsync(Timeout.InfiniteTimeSpan, cancellation.Token).AsTask();
        await WaitersAsync(1);

        await cancellation.CancelAsync();

        Assert.That(() => cancelled.BoundedAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => other.EnterAsync(Soon, CancellationToken.None).AsTask().BoundedAsync(), Throws.TypeOf<TimeoutException>().With.Message.Contains("0.2 s"));
        await WaitersAsync(0);
        one.Leave();
        await other.EnterAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
        other.Leave();
    }

    [Test]
    public async Task One_that_is_disposed_inside_lets_the_next_one_in()
    {
        var (one, other) = (Open(), Open());
        await one.EnterAsync(Timeout.InfiniteTimeSpan, CancellationToken.None);
        var waiting = other.EnterAsync(Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask();
        await WaitersAsync(1);

        one.Dispose();

        await waiting.BoundedAsync();
    }

    [Test]
    public void A_server_that_is_not_reached_is_named_once_the_time_is_over()
    {
        var scope = Open("postgres://lab@127.0.0.1:1/locks");

        Assert.That(
            () => scope.EnterAsync(TimeSpan.FromSeconds(3), CancellationToken.None).AsTask().BoundedAsync(),
            Throws.TypeOf<TimeoutException>().With.Message.Contains("127.0.0.1:1/locks").And.Message.Contains("not reached").And.Message.Not.Contains(Password));
    }

    [Test]
    public void A_server_that_refuses_is_not_asked_again()
    {
        var scope = Open(Url with { Database = "no-such-database" });

        Assert.That(
            () => scope.EnterAsync(Timeout.InfiniteTimeSpan, CancellationToken.None).AsTask().BoundedAsync(),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains("no-such-database").And.Message.Not.Contains(Password));
    }

    [TestCase("postgres://lab:correct-horse@server/locks", "password")]
    [TestCase("postgres://server/locks", "needs a user")]
    [TestCase("postgres://lab@server", "a database")]
    [TestCase("postgres://lab@server/locks?password=correct-horse", "sslmode")]
    [TestCase("postgres://lab@server/locks?sslmode=maybe", "sslmode")]
    [TestCase("mysql://lab:correct-horse@server/locks", "'mysql'")]
    [TestCase("postgres", "address")]
    public void An_address_that_makes_no_sense_is_refused_without_being_shown(string address, string problem) => Assert.That(
        () => LabSharing.Scopes.Open(SettingsOf(address)),
        Throws.TypeOf<ConnectionException>().With.Message.Contains(problem).And.Message.Contains(_device).And.Message.Not.Contains(Password));

    [TestCase("postgres://lab@server/locks", "server:5432/locks")]
    [TestCase("postgresql://lab@[::1]:5433/locks?sslmode=verify-full", "::1:5433/locks")]
    public void An_address_is_named_by_host_port_and_database(string address, string name) =>
        Assert.That(PostgresAddress.Of(SettingsOf(address)).Name, Is.EqualTo(name));

    private static ServerUrl Url => new(new NpgsqlConnectionStringBuilder(TestServer.Postgres));

    private PostgresLockScope Open(ServerUrl? server = null) => Open((server ?? Url).ToString());

    private PostgresLockScope Open(string address)
    {
        var scope = new PostgresLockScope(SettingsOf(address));
        _scopes.Add(scope);
        return scope;
    }

    private ConnectionSettings SettingsOf(string address) => new()
    {
        DeviceName = _device,
        Alias = "cli",
        Via = "cli",
        SharedBy = address,
        CredentialsByName = new Dictionary<string, Credentials> { ["postgres"] = new() { Password = new Secret(Password) } },
    };

    private async Task WaitersAsync(int count)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var server = PostgresAddress.Of(SettingsOf(Url.ToString()));
        while ((await PostgresLocks.ListAsync(server, [$"{_device}/cli"], limit.Token)).Single(found => found.Name == $"{_device}/cli").Waiters.Count != count)
        {
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    private sealed record ServerUrl(NpgsqlConnectionStringBuilder Server)
    {
        public string Database { get; init; } = Server.Database!;

        public override string ToString() => $"postgres://{Server.Username}@{Server.Host}:{Server.Port}/{Database}";
    }
}
