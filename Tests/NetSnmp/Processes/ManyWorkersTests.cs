using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.NetSnmp.Tests.Processes;

/// <summary>Many worker processes at once, each at work all the time: every answer is right, and none was asked for twice.</summary>
internal sealed class ManyWorkersTests
{
    private const int Operations = 1_000;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(Thoroughness.Choose(quick: 5, thorough: 60));

    private SnmpAgent _agent = null!;
    private Router _router = null!;

    [SetUp]
    public void Start()
    {
        _agent = new SnmpAgent();
        _router = new Router(_agent, interfaces: 6);
    }

    [TearDown]
    public async Task StopAsync() => await _agent.DisposeAsync();

    // A thousand of each kind by all workers together; at --long by each worker.
    [Test]
    public async Task A_thousand_operations_of_each_kind_are_all_right_and_none_is_retried(
        [Values(20, 32, 64)] int workers, [Values(SnmpVersion.V2c, SnmpVersion.V3)] SnmpVersion version)
    {
        await using var device = await Workers.ConnectAsync(_router.EndPoint, workers, version);
        var client = device.Get<ISnmpClient>("snmp");
        var left = Router.Kinds * Operations * Thoroughness.Choose(quick: 1, thorough: workers);
        Assert.That(Workers.Running(), Has.Length.EqualTo(workers));

        // No attempt is repeated by the settings, so that one that is lost fails its operation.
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) is >= 0 and var operation)
            {
                await _router.OperateAsync(client, operation % Router.Kinds);
            }
        }))).WaitAsync(Bound);

        Assert.That(device.Connections.GetPool("snmp").Statistics.Broken, Is.Zero, "no worker died");
        await device.DisposeAsync();
        Assert.That(Workers.Running(), Is.Empty);
        Assert.That(Workers.Zombies(), Is.Zero);
        Assert.That(Workers.Names(), Is.Empty);
    }
}
