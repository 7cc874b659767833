using Connections.NetSnmp.Sharing;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Testbeds;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>One worker of another process's pool over several calls.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServeLeaseTests : ServeFixture
{
    private const string Arguments = "timeout: 60, retries: 0";

    [Test]
    public async Task A_lease_holds_its_worker_between_its_calls_and_the_next_one_waits_for_it()
    {
        using var lab = Lab(Arguments, workers: 1);
        await ServeAsync(lab);
        await using var device = await ConnectAsync(lab);
        var lease = await device.LeaseAsync<ISnmpClient>("snmp");
        await lease.Client.GetAsync(OidOf(1)).BoundedAsync();
        var other = Get(OidOf(4), lab);
        await UntilAsync(static pool => pool is { Busy: 1, Waiting: 1 });

        await lease.Client.GetAsync(OidOf(2)).BoundedAsync();
        await device.Get<ISnmpClient>("snmp").GetAsync(OidOf(3)).BoundedAsync();
        await lease.DisposeAsync();

        Assert.That((await other.EndAsync()).ExitCode, Is.Zero);
        Assert.That(Arrived, Is.EqualTo(Enumerable.Range(1, 4).Select(OidOf)), "what the flow asks through the alias goes to its worker too");
        Assert.That(async () => await lease.Client.GetAsync(OidOf(1)), Throws.InvalidOperationException);
        await UntilAsync(static pool => pool.Busy == 0);
    }

    [Test]
    public async Task A_lease_inside_a_lease_is_the_same_worker()
    {
        using var lab = Lab(Arguments, workers: 1);
        await ServeAsync(lab);
        await using var device = await ConnectAsync(lab);
        await using var outer = await device.LeaseAsync<ISnmpClient>("snmp");

        await using (var inner = await device.LeaseAsync<ISnmpClient>("snmp").BoundedAsync())
        {
            await inner.Client.GetAsync(OidOf(1)).BoundedAsync();
        }

        await outer.Client.GetAsync(OidOf(2)).BoundedAsync();
        Assert.That(Arrived, Is.EqualTo(new[] { OidOf(1), OidOf(2) }));
    }

    [Test]
    public async Task A_lease_that_is_not_used_for_its_time_is_taken_back()
    {
        using var lab = Lab(Arguments + ", lease_timeout: 0.2", workers: 1);
        await ServeAsync(lab);
        await using var device = await ConnectAsync(lab);
        await using var lease = await device.LeaseAsync<ISnmpClient>("snmp");
        await lease.Client.GetAsync(OidOf(1)).BoundedAsync();

        var other = Get(OidOf(2), lab);

        Assert.That((await other.EndAsync()).ExitCode, Is.Zero);
        Assert.That(async () => await lease.Client.GetAsync(OidOf(3)).BoundedAsync(), Throws.InstanceOf<ConnectionException>().With.Message.Contains("lease_timeout"));
        Assert.That(Arrived, Is.EqualTo(new[] { OidOf(1), OidOf(2) }));
    }

    [Test]
    public async Task A_lease_that_is_not_to_be_had_in_time_says_so_and_leaves_no_place_taken()
    {
        using var lab = Lab(Arguments, workers: 1);
        await ServeAsync(lab);
        await using var first = await ConnectAsync(lab);
        await using var second = await ConnectAsync(lab);
        var held = await first.LeaseAsync<ISnmpClient>("snmp");

        Assert.That(
            async () => await second.LeaseAsync<ISnmpClient>("snmp", TimeSpan.FromMilliseconds(100)).BoundedAsync(),
            Throws.TypeOf<PoolTimeoutException>().With.Message.Contains("first come first served"));

        await held.DisposeAsync();
        await UntilAsync(static pool => pool is { Busy: 0, Waiting: 0 });
        await using var next = await second.LeaseAsync<ISnmpClient>("snmp").BoundedAsync();
        Assert.That((await next.Client.GetAsync(SysName).BoundedAsync()).Value.ToText(), Is.EqualTo("edge1"));
    }

    [Test]
    public async Task A_process_that_is_killed_while_it_has_a_lease_gives_the_worker_back()
    {
        using var lab = Lab(Arguments, workers: 1);
        await ServeAsync(lab);
        await using var holder = await ToldProcess.StartAsync(lab.Path);
        Assert.That(await holder.AskAsync("lease"), Is.EqualTo("leased"));
        var waiting = Get(OidOf(2), lab);
        await UntilAsync(static pool => pool is { Busy: 1, Waiting: 1 });

        await holder.KillAsync();

        Assert.That((await waiting.EndAsync()).ExitCode, Is.Zero);
        await UntilAsync(static pool => pool.Busy == 0);
    }

    private static async Task<Device> ConnectAsync(TestbedFile lab)
    {
        var testbed = await Testbed.LoadAsync(lab.Path);
        var device = new Device(testbed.GetDevice("edge1").Settings, new ConnectionClasses().AddSnmp().AddSharedSnmp());
        await device.ConnectAsync("snmp").BoundedAsync();
        return device;
    }
}
