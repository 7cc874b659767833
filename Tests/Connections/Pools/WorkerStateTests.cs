using Connections.Pooling;
using Connections.Pools;
using Connections.Tests.Devices;

namespace Connections.Tests.Pools;

/// <summary>What one holder leaves in a worker, and how a worker is found fit, before the next holder has it.</summary>
public sealed class WorkerStateTests
{
    private FakeTime _time = null!;
    private EchoDevice _line = null!;
    private Device _device = null!;

    [SetUp]
    public void SetUp()
    {
        _time = new FakeTime();
        _line = new EchoDevice { CanReset = true };
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    [Test]
    public async Task A_worker_whose_state_was_changed_is_brought_back_before_the_next_holder()
    {
        await ConnectAsync(WorkerReuse.Reset);
        var number = await ChangeAsync();

        await using var next = await LeaseAsync();

        Assert.That((next.Client.Mode, next.Client.Number, _line.Resets), Is.EqualTo(("", number, 1)));
    }

    [Test]
    public async Task A_worker_whose_state_cannot_be_brought_back_is_replaced()
    {
        _line.CanReset = false;
        await ConnectAsync(WorkerReuse.Reset);
        var number = await ChangeAsync();

        await using var next = await LeaseAsync();

        Assert.That(next.Client.Mode, Is.Empty);
        Assert.That(next.Client.Number, Is.Not.EqualTo(number));
    }

    [Test]
    public async Task A_worker_whose_state_was_changed_is_replaced_where_that_is_asked_for()
    {
        await ConnectAsync(WorkerReuse.Recycle);
        var number = await ChangeAsync();

        await using var next = await LeaseAsync();

        Assert.That((next.Client.Mode, _line.Resets), Is.EqualTo(("", 0)));
        Assert.That(next.Client.Number, Is.Not.EqualTo(number));
    }

    [Test]
    public async Task A_worker_goes_on_as_it_is_where_that_is_asked_for()
    {
        await ConnectAsync(WorkerReuse.Always);
        var number = await ChangeAsync();

        await using var next = await LeaseAsync();

        Assert.That((next.Client.Mode, next.Client.Number, _line.Resets), Is.EqualTo(("configure", number, 0)));
    }

    [Test]
    public async Task A_worker_whose_state_nobody_changed_is_not_touched()
    {
        await ConnectAsync(WorkerReuse.Reset);
        await _device.Get<IEcho>("echo").EchoAsync("hello").Within();
        var before = _line.Resets;

        await using var next = await LeaseAsync();

        Assert.That((before, _line.Resets, _line.OpenedCount), Is.EqualTo((0, 0, 1)));
    }

    [Test]
    public async Task A_worker_that_was_idle_for_long_is_asked_whether_its_device_still_answers()
    {
        await ConnectAsync(WorkerReuse.Reset);
        (await LeaseAsync()).Dispose();
        Assert.That(_line.HealthChecks, Is.Zero);

        _time.Advance(TimeSpan.FromSeconds(30));
        (await LeaseAsync()).Dispose();
        Assert.That((_line.HealthChecks, _line.OpenedCount), Is.EqualTo((1, 1)));

        _line.IsHealthy = false;
        _time.Advance(TimeSpan.FromSeconds(30));
        await using var next = await LeaseAsync();
        Assert.That((_line.HealthChecks, _line.OpenedCount, next.Client.Number), Is.EqualTo((2, 2, 2)));
    }

    [Test]
    public async Task Clearing_replaces_idle_workers_at_once_and_leased_ones_when_they_are_returned()
    {
        await ConnectAsync(WorkerReuse.Reset);
        var pool = _device.Connections.GetPool("echo");
        pool.Clear();
        await Bounded.Until(() => _line is { OpenedCount: 2, ClosedCount: 1 } && pool.Statistics.Idle == 1);
        var lease = await LeaseAsync();
        pool.Clear();
        Assert.That(await lease.Client.EchoAsync("still").Within(), Is.EqualTo("still"));
        lease.Dispose();

        await using var next = await LeaseAsync();

        Assert.That(next.Client.Number, Is.EqualTo(3));
    }

    private async Task ConnectAsync(WorkerReuse reuse)
    {
        var pools = new WorkerPoolOptions { Reuse = reuse, ValidateAfterIdle = TimeSpan.FromSeconds(30) };
        _device = Lab.Device(_line, new DeviceOptions { TimeProvider = _time, Pools = pools }, "echo");
        await _device.Connections.ConnectAsync(new ConnectOptions { Alias = "echo", PoolSize = 1 }).Within();
    }

    /// <summary>Changes the state of the only worker, and gives its number.</summary>
    private async Task<int> ChangeAsync()
    {
        await using var lease = await LeaseAsync();
        await lease.Client.EnterModeAsync("configure").Within();
        return lease.Client.Number;
    }

    // Not async, so that the lease is the caller's own.
    private Task<ConnectionLease<EchoConnection>> LeaseAsync() => _device.LeaseAsync<EchoConnection>("echo").Within();
}
