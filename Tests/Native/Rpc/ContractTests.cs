using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary>Who asks for what is not served is told what is.</summary>
[TestFixture("tcp://127.0.0.1:0")]
[TestFixture("shm://*")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class ContractTests(string address) : IAsyncDisposable
{
    private const int Restarts = 1_000;

    private readonly Bench _bench = new(address);
    private volatile int _clients;

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Test]
    public async Task A_version_that_is_not_served_is_refused_by_an_error_that_names_both()
    {
        await _bench.StartAsync();
        var other = _bench.Caller.Get<INewerWorkbench>();

        Assert.That(
            async () => await other.AddAsync(1, 1).BoundedAsync(),
            Throws.TypeOf<ServiceMismatchException>().With.Message.Contains("version 2 of 'workbench'").And.Message.Contains("version 1 of it"));
        Assert.That(await _bench.Client.AddAsync(1, 1).BoundedAsync(), Is.EqualTo(2), "the version that is served");
    }

    [Test]
    public async Task A_service_that_is_not_served_is_refused()
    {
        await _bench.StartAsync();

        Assert.That(
            async () => await _bench.Caller.Get<IOtherService>().RunAsync().BoundedAsync(),
            Throws.TypeOf<ServiceMismatchException>().With.Message.Contains("version 1 of 'IOtherService'"));
    }

    [Test]
    public async Task A_method_that_the_server_does_not_have_is_refused()
    {
        await _bench.StartAsync();

        Assert.That(
            async () => await _bench.Caller.Get<IChangedWorkbench>().AddAsync("1").BoundedAsync(),
            Throws.TypeOf<ServiceMismatchException>().With.Message.Contains("no method"));
        Assert.That(await _bench.Client.AddAsync(1, 1).BoundedAsync(), Is.EqualTo(2), "the next call");
    }

    [Test]
    public void Nobody_at_the_address_is_an_error_that_says_so()
    {
        var nowhere = address.StartsWith("tcp", StringComparison.Ordinal) ? "tcp://127.0.0.1:1" : Bench.NewAddress(address);
        var client = new RpcClient(nowhere, new RpcClientOptions { WaitForServer = TimeSpan.Zero });

        Assert.That(
            async () => await client.Get<IWorkbench>().AddAsync(1, 1).BoundedAsync(),
            Throws.TypeOf<NoServerException>().With.Message.Contains(nowhere));
        Assert.That(async () => await client.DisposeAsync(), Throws.Nothing);
    }

    [Test]
    public async Task A_call_that_takes_too_long_ends_with_an_error_of_its_own_and_the_server_hears_of_it()
    {
        await _bench.StartAsync();
        var hasty = _bench.Caller.Get<IWorkbench>(TimeSpan.FromMilliseconds(50));

        Assert.That(async () => await hasty.WaitAsync("x", default).AsTask().BoundedAsync(), Throws.TypeOf<RpcTimeoutException>());
        Assert.That(await _bench.Client.AddAsync(1, 1).BoundedAsync(), Is.EqualTo(2), "the next call");
    }

    [Test]
    public async Task A_call_ends_at_its_deadline_though_its_timer_is_early()
    {
        await _bench.StartAsync(calling: new RpcClientOptions { TimeProvider = new EarlyTimers() });
        var hasty = _bench.Caller.Get<IWorkbench>(TimeSpan.FromMilliseconds(50));

        Assert.That(async () => await hasty.WaitAsync("x", default).AsTask().BoundedAsync(), Throws.TypeOf<RpcTimeoutException>());
    }

    [Test]
    public async Task A_call_that_waits_too_long_for_a_free_server_is_never_begun()
    {
        await _bench.StartAsync();
        using var stop = new CancellationTokenSource();
        var busy = _bench.Client.WaitAsync("busy", stop.Token).AsTask();
        await Eventually.UntilAsync(() => _bench.Server.Order.Count == 1);

        Assert.That(
            async () => await _bench.Caller.Get<IWorkbench>(TimeSpan.FromMilliseconds(50)).WaitAsync("late", default).AsTask().BoundedAsync(),
            Throws.TypeOf<RpcTimeoutException>());

        // Over TCP the late call waits at the server, which is told first that it was given up, and then that the other one was.
        await stop.CancelAsync();
        Assert.That(async () => await busy.BoundedAsync(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await _bench.Client.AddAsync(1, 1).BoundedAsync(), Is.EqualTo(2), "the next call");
        Assert.That(_bench.Server.Order, Is.EqualTo(new[] { "busy" }));
    }

    [Test]
    public async Task Server_and_client_are_restarted_under_one_name_and_every_call_is_right_or_fails_typed()
    {
        await _bench.StartAsync();
        var services = new RpcServices().Add<IWorkbench>(_bench.Server);
        await _bench.Host.DisposeAsync();
        var server = await RpcServer.StartAsync(_bench.Address, services);
        using var stop = new CancellationTokenSource();
        var calling = Task.Run(() => KeepCallingAsync(_bench.Address, stop.Token));
        for (var i = 0; i < Restarts && !calling.IsCompleted; i++)
        {
            // Another client each time, which has made calls: a server that only came and went would serve nobody.
            var clients = _clients;
            await Eventually.UntilAsync(() => _clients > clients || calling.IsCompleted);
            await server.DisposeAsync();
            server = await RpcServer.StartAsync(_bench.Address, services);
        }

        await stop.CancelAsync();
        Assert.That(await calling.BoundedAsync(), Is.GreaterThan(Restarts));
        await server.DisposeAsync();
    }

    // Each time with a new client, which is a restart too.
    private async Task<int> KeepCallingAsync(string address, CancellationToken stop)
    {
        var right = 0;
        do
        {
            _clients++;
            await using var client = new RpcClient(address, new RpcClientOptions { WaitForServer = TimeSpan.FromSeconds(20) });
            for (var i = 0; i < 5; i++)
            {
                try
                {
                    right += await client.Get<IWorkbench>().AddAsync(right, 1).BoundedAsync() == right + 1 ? 1 : throw new InvalidOperationException("wrong");
                }
                catch (ServerDiedException)
                {
                    // The server was restarted under the call.
                    continue;
                }
                catch (RemoteCallException error) when (error.RemoteType.EndsWith("CanceledException", StringComparison.Ordinal))
                {
                    // It was told to stop.
                    continue;
                }
            }
        }
        while (!stop.IsCancellationRequested);

        return right;
    }
}
