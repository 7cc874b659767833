using System.Collections.Concurrent;
using Connections.Native.Rpc;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;
using Connections.Tests;

namespace Connections.NetSnmp.Tests.Processes;

/// <summary>Many worker processes at once, each at work all the time: every answer is right, and none was asked for twice.</summary>
internal sealed class ManyWorkersTests
{
    private static readonly Oid Table = Oid.Parse("1.3.6.1.2.1.2.2.1.2");
    private static readonly Oid SysName = Oid.Parse("1.3.6.1.2.1.1.5.0");
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(Thoroughness.Choose(quick: 5, thorough: 60));

    private SnmpAgent _agent = null!;
    private SimulatedDevice _device = null!;
    private VarBind[] _column = null!;

    [SetUp]
    public void Start()
    {
        var data = SyntheticDevice.Create("router-1", seed: 1, interfaces: 6);
        _agent = new SnmpAgent();
        _device = _agent.Add(new SimulatedDeviceOptions { Name = "router-1", Data = data, Users = [TestConnection.UserFor("public")] });
        _column = [.. data.Where(static variable => variable.Oid.StartsWith(Table)).Select(static variable => new VarBind(variable.Oid, variable.Value))];
    }

    [TearDown]
    public async Task StopAsync() => await _agent.DisposeAsync();

    [Test]
    public async Task Every_operation_is_right_and_none_is_retried(
        [Values(20, 32, 64)] int workers, [Values(SnmpVersion.V2c, SnmpVersion.V3)] SnmpVersion version)
    {
        await using var device = await Workers.ConnectAsync(_device.EndPoint, workers, version);
        var client = device.Get<ISnmpClient>("snmp");
        var operations = Thoroughness.Choose(quick: 6, thorough: 3_000);
        Assert.That(Workers.Running(), Has.Length.EqualTo(workers));

        // No attempt is repeated by the settings, so that one that is lost fails its operation.
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            for (var operation = 0; operation < operations; operation++)
            {
                await OperateAsync(client, operation % 3);
            }
        }))).WaitAsync(Bound);

        var statistics = device.Connections.GetPool("snmp").Statistics;
        Assert.That((statistics.Created, statistics.Live), Is.EqualTo((workers, workers)));
        await device.DisposeAsync();
        Assert.That(Workers.Running(), Is.Empty);
        Assert.That(Workers.Zombies(), Is.Zero);
    }

    [Test]
    public async Task Killing_workers_fails_their_own_calls_alone_and_the_pool_is_whole_again()
    {
        const int workers = 5;
        var made = new ConcurrentQueue<NetSnmpConnection>();
        await using var device = await Workers.ConnectAsync(_device.EndPoint, workers, onMade: made.Enqueue);
        var client = device.Get<ISnmpClient>("snmp");
        using var storm = new CancellationTokenSource(TimeSpan.FromSeconds(Thoroughness.Choose(quick: 3, thorough: 30)));
        var victims = new HashSet<int>();
        var killing = KillAsync(made, victims, storm.Token);
        var failures = new List<Exception>();
        var right = 0;

        var calling = Task.WhenAll(Enumerable.Range(0, workers * 2).Select(_ => Task.Run(async () =>
        {
            while (!storm.IsCancellationRequested)
            {
                try
                {
                    await OperateAsync(client, 0);
                    Interlocked.Increment(ref right);
                }
                catch (Exception error) when (error is ServerDiedException or NotConnectedException { InnerException: ServerDiedException })
                {
                    // The second, where the worker died in the instant between being leased and being asked.
                    lock (failures)
                    {
                        failures.Add(error);
                    }
                }
            }
        })));
        await ((Task)calling).WaitAsync(Bound).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await storm.CancelAsync();
        await killing.WaitAsync(Bound);
        await calling;

        Assert.That(victims, Is.Not.Empty);
        Assert.That(right, Is.Positive);
        Assert.That(failures, Has.Count.LessThanOrEqualTo(victims.Count), "one call at a time is in flight on a worker");
        await Eventually.UntilAsync(() => device.Connections.GetPool("snmp").Statistics is { Live: workers, Waiting: 0 });
        for (var operation = 0; operation < 2 * workers; operation++)
        {
            await OperateAsync(client, operation % 3).WaitAsync(Bound);
        }

        await Eventually.UntilAsync(static () => Workers.Zombies() == 0);
        Assert.That(Workers.Running(), Has.Length.EqualTo(workers));
    }

    // Of those that serve: a pool whose new workers die one after the other says so to those who wait.
    private static async Task KillAsync(ConcurrentQueue<NetSnmpConnection> made, HashSet<int> victims, CancellationToken cancellationToken)
    {
        var random = new Random(7);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                int[] serving = [.. made.Where(static connection => connection.IsConnected).Select(static connection => connection.WorkerProcessId ?? 0).Where(static id => id != 0)];
                if (serving.Length > 0)
                {
                    var victim = serving[random.Next(serving.Length)];
                    Workers.Kill(victim);
                    victims.Add(victim);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The storm is over.
        }
    }

    private async Task OperateAsync(ISnmpClient client, int kind)
    {
        switch (kind)
        {
            case 0:
                Assert.That(await client.GetAsync(SysName), Is.EqualTo(new VarBind(SysName, SnmpValue.OctetString("router-1"))));
                break;
            case 1:
                Assert.That(await client.WalkAsync(Table).ToListAsync(), Is.EqualTo(_column));
                break;
            default:
                Assert.That(await client.BulkWalkAsync(Table).ToListAsync(), Is.EqualTo(_column));
                break;
        }
    }
}
