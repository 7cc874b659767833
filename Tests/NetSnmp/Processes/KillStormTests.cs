using System.Collections.Concurrent;
using System.Diagnostics;
using Connections.Native.Rpc;
using Connections.Snmp;
using Connections.Snmp.Agent;

namespace Connections.NetSnmp.Tests.Processes;

/// <summary>Workers that are killed all the time: who else calls hears nothing of it.</summary>
internal sealed class KillStormTests
{
    private const int PoolSize = 5;
    private const int Callers = 4 * PoolSize;

    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongBeforeTheDeadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private readonly ConcurrentQueue<NetSnmpConnection> _made = new();
    private readonly ConcurrentQueue<(long Ticket, long GrantOrder)> _grants = new();
    private readonly ConcurrentQueue<TimeSpan> _failures = new();
    private SnmpAgent _agent = null!;
    private Router _router = null!;
    private readonly HashSet<string> _sockets = [];
    private int _right;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _router = new Router(_agent, interfaces: 6);
        _made.Clear();
        _grants.Clear();
        _failures.Clear();
        _sockets.Clear();
        _right = 0;
    }

    [TearDown]
    public async Task StopAsync() => await _agent.DisposeAsync();

    [Test]
    public async Task Killing_workers_fails_their_own_calls_alone_and_the_pool_is_whole_again()
    {
        await using var device = await Workers.ConnectAsync(_router.EndPoint, PoolSize, timeout: Deadline, onMade: _made.Enqueue);
        using var storm = new CancellationTokenSource(Storm);
        var killing = KillAsync(storm.Token);

        // Every one of them ends by itself, and any error but the one that is meant ends the test.
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(device, storm.Token)))).WaitAsync(Bound);
        var victims = await killing.WaitAsync(Bound);

        Assert.Multiple(() =>
        {
            Assert.That(victims, Has.Count.GreaterThan(PoolSize));
            Assert.That(_right, Is.Positive);
            Assert.That(_failures, Has.Count.LessThanOrEqualTo(victims.Count), "one call at a time is in flight on a worker, and a dead one is never handed out");
            Assert.That(_failures, Is.All.LessThan(LongBeforeTheDeadline));
            Assert.That(_grants.OrderBy(static grant => grant.GrantOrder).Select(static grant => grant.Ticket), Is.Ordered.And.Unique, "first come first served");
        });
        await AssertWholeAsync(device);
        _sockets.UnionWith(Workers.Running().SelectMany(Workers.Sockets));
        await device.DisposeAsync();
        AssertNothingIsLeft();
        await TestContext.Out.WriteLineAsync(
            $"{victims.Count} workers killed, {_right} calls right, {_failures.Count} failed, the slowest after {_failures.DefaultIfEmpty().Max().TotalMilliseconds:0} ms");
    }

    [Test]
    public async Task A_worker_that_is_killed_while_it_starts_is_replaced_and_the_others_serve_on()
    {
        await using var device = await Workers.ConnectAsync(_router.EndPoint, workers: 2);
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var done = 0;
        var before = Workers.Running();
        Workers.Kill(before[0]);

        // Two callers at once: one gets the worker that is left, and the other one's is dead, so that it waits for the next.
        var calls = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!await TryOperateAsync())
            {
            }
        })));
        var starting = await Workers.NextAsync(before);
        Workers.Kill(starting);
        await calls.WaitAsync(Bound);

        Assert.That(Workers.Running(), Has.Length.EqualTo(2).And.No.Member(before[0]).And.No.Member(starting));

        // False for one who was quicker than the news of a death, and met it.
        async Task<bool> TryOperateAsync()
        {
            await using var lease = await device.LeaseAsync<ISnmpClient>("snmp");
            try
            {
                for (var operation = 0; operation < 100; operation++)
                {
                    await _router.OperateAsync(lease.Client, operation % Router.Kinds);
                }
            }
            catch (ServerDiedException)
            {
                return false;
            }

            if (Interlocked.Increment(ref done) == 2)
            {
                both.SetResult();
            }

            await both.Task;
            return true;
        }
    }

    // A caller holds a worker for each of its calls, by which the pool tells in which order they came and were served.
    private async Task CallAsync(Device device, CancellationToken storm)
    {
        while (!storm.IsCancellationRequested)
        {
            await using var lease = await device.LeaseAsync<ISnmpClient>("snmp", cancellationToken: CancellationToken.None);
            _grants.Enqueue((lease.Ticket, lease.GrantOrder));
            var called = Stopwatch.GetTimestamp();
            try
            {
                await _router.OperateAsync(lease.Client, kind: 0);
                Interlocked.Increment(ref _right);
            }
            catch (ServerDiedException)
            {
                _failures.Enqueue(Stopwatch.GetElapsedTime(called));
            }
        }
    }

    // Of those that serve: a pool whose new workers die one after the other says so to those who wait.
    private async Task<HashSet<int>> KillAsync(CancellationToken storm)
    {
        var victims = new HashSet<int>();
        var random = new Random(7);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(storm))
            {
                int[] serving = [.. _made.Where(static connection => connection.IsConnected).Select(static connection => connection.WorkerProcessId ?? 0).Where(static id => id != 0)];
                if (serving.Length > 0)
                {
                    var victim = serving[random.Next(serving.Length)];
                    _sockets.UnionWith(Workers.Sockets(victim));
                    Workers.Kill(victim);
                    victims.Add(victim);
                }
            }
        }
        catch (OperationCanceledException) when (storm.IsCancellationRequested)
        {
            // The storm is over.
        }

        return victims;
    }

    private async Task AssertWholeAsync(Device device)
    {
        await Eventually.UntilAsync(() => device.Connections.GetPool("snmp").Statistics is { Live: PoolSize, Waiting: 0 });
        var client = device.Get<ISnmpClient>("snmp");
        for (var operation = 0; operation < Router.Kinds * PoolSize; operation++)
        {
            await _router.OperateAsync(client, operation % Router.Kinds).WaitAsync(Bound);
        }

        await Eventually.UntilAsync(static () => Workers.Running().Length == PoolSize);
    }

    private void AssertNothingIsLeft()
    {
        Assert.That(_sockets, Is.Not.Empty);
        Assert.That(_sockets.Where(File.Exists), Is.Empty);
        Assert.That(Workers.Running(), Is.Empty);
        Assert.That(Workers.Zombies(), Is.Zero);
        Assert.That(Workers.Names(), Is.Empty);
    }
}
