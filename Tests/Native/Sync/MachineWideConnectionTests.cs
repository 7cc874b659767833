using System.Runtime.Versioning;
using Connections.Locking;
using Connections.Native.Sync;
using Connections.Native.Tests.Sync.Processes;

namespace Connections.Native.Tests.Sync;

/// <summary>Connections of several processes to one device, which take turns.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MachineWideConnectionTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _device = LockNames.New();
    private readonly List<Device> _devices = [];

    private string LockName => $"{_device}/cli";

    public async ValueTask DisposeAsync()
    {
        foreach (var device in _devices)
        {
            await device.DisposeAsync();
        }

        LockNames.Forget(LockName);
    }

    [Test]
    public async Task A_call_has_the_lock_of_the_machine_and_gives_it_back()
    {
        var connection = await ConnectAsync();
        await using var other = await LockProcess.OpenAsync(LockName);

        using (await connection.LockAsync())
        {
            Assert.That(await other.AskAsync("try"), Is.EqualTo("busy"));
            using (await connection.LockAsync())
            {
                await connection.ConnectAsync();
            }

            Assert.That(await other.AskAsync("try"), Is.EqualTo("busy"));
        }

        Assert.That(await other.AskAsync("try"), Is.EqualTo("locked"));
    }

    [Test]
    public async Task A_scope_left_before_a_call_inside_it_keeps_the_lock_until_that_has_left()
    {
        var connection = await ConnectAsync();
        await using var other = await LockProcess.OpenAsync(LockName);
        var inside = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        Task child;
        using (await connection.LockAsync())
        {
            child = Task.Run(async () =>
            {
                using var releaser = await connection.LockAsync();
                inside.SetResult();
                await end.Task;
            });
            await inside.Task.WaitAsync(Patience);
        }

        Assert.That(await other.AskAsync("try"), Is.EqualTo("busy"));
        end.SetResult();
        await child.WaitAsync(Patience);
        Assert.That(await other.AskAsync("try"), Is.EqualTo("locked"));
    }

    [Test]
    public async Task A_wait_that_is_over_names_the_process_that_has_the_lock()
    {
        var connection = await ConnectAsync();
        await using var other = await LockProcess.OpenAsync(LockName);
        await other.AskAsync("lock -1");

        var error = Assert.ThrowsAsync<LockTimeoutException>(async () => await connection.LockAsync(TimeSpan.FromMilliseconds(20)));

        Assert.That(error!.Message, Does.Contain($"process {other.Id} ").And.Contain(_device));
        Assert.That((error.Device, error.Alias), Is.EqualTo((_device, "cli")));
        Assert.That(error.Holder.Member, Does.StartWith($"process {other.Id} "));
        Assert.That(await other.AskAsync("unlock"), Is.EqualTo("done"));
        (await connection.LockAsync(Patience)).Dispose();
    }

    [Test]
    public async Task A_process_killed_in_a_call_leaves_no_device_locked()
    {
        var connection = await ConnectAsync();
        await using var other = await LockProcess.OpenAsync(LockName);
        await other.AskAsync("lock -1");
        var call = connection.LockAsync().AsTask();

        await other.KillAsync();

        (await call.WaitAsync(Patience)).Dispose();
    }

    [Test]
    public async Task A_call_whose_lock_was_taken_away_by_hand_is_told_and_the_next_one_goes_on()
    {
        var connection = await ConnectAsync();
        var releaser = await connection.LockAsync();
        HybridLock.Break(LockName);

        Assert.That(releaser.Dispose, Throws.TypeOf<LockBrokenException>());
        (await connection.LockAsync(Patience)).Dispose();
    }

    [Test]
    public async Task A_holder_whose_lock_was_taken_away_is_told_at_its_next_step()
    {
        var connection = await ConnectAsync();
        var releaser = await connection.LockAsync();
        (await connection.LockAsync()).Dispose();
        HybridLock.Break(LockName);

        Assert.That(async () => await connection.LockAsync(), Throws.TypeOf<LockBrokenException>());
        Assert.That(releaser.Dispose, Throws.TypeOf<LockBrokenException>());
        (await connection.LockAsync(Patience)).Dispose();
    }

    [Test]
    public async Task Who_comes_again_at_once_lets_the_one_in_who_waits()
    {
        var connection = await ConnectAsync();
        await using var other = await LockProcess.OpenAsync(LockName);
        var first = await connection.LockAsync();
        await other.TellAsync("lock -1");
        Assert.That(() => LockNames.StatusOf(LockName)?.Waiters.Count, Is.EqualTo(1).After(30).Seconds.PollEvery(5).MilliSeconds);

        first.Dispose();
        var again = connection.LockAsync().AsTask();

        Assert.That(await other.HearAsync(), Is.EqualTo("locked"));
        Assert.That(again.IsCompleted, Is.False);
        Assert.That(await other.AskAsync("unlock"), Is.EqualTo("done"));
        (await again.WaitAsync(Patience)).Dispose();
    }

    [Test]
    public async Task A_wait_for_another_process_can_be_cancelled()
    {
        var connection = await ConnectAsync();
        await using var other = await LockProcess.OpenAsync(LockName);
        await other.AskAsync("lock -1");
        using var cancellation = new CancellationTokenSource();
        var call = connection.LockAsync(cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        Assert.That(() => call.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
    }

    [Test]
    public async Task Disposing_a_connection_does_not_wait_for_another_process_and_leaves_nothing_behind()
    {
        var connection = await ConnectAsync();
        await using (var other = await LockProcess.OpenAsync(LockName))
        {
            await other.AskAsync("lock -1");
            var call = connection.LockAsync().AsTask();

            await connection.DisposeAsync().AsTask().WaitAsync(Patience);

            (await call.WaitAsync(Patience)).Dispose();
            Assert.That(((QuietConnection)connection).Closed, Is.EqualTo(1));
            await other.AskAsync("leave");
        }

        Assert.That(File.Exists(LockNames.FileOf(LockName)), Is.False);
    }

    [Test]
    public void The_workers_of_a_pool_do_not_exclude_each_other() =>
        Assert.That(HybridLockScope.Of(new ConnectionSettings { DeviceName = _device, PoolSize = 2 }), Is.Null);

    private async Task<BaseConnection> ConnectAsync()
    {
        var settings = new DeviceSettings
        {
            Name = _device,
            Connections = new Dictionary<string, ConnectionSettings>
            {
                ["cli"] = new() { DeviceName = _device, Alias = "cli", Via = "cli", Class = "quiet" },
            },
        };
        var classes = new ConnectionClasses().Add("quiet", static own => new QuietConnection(own));
        var device = new Device(settings, classes, new DeviceOptions { LockScope = HybridLockScope.Of });
        _devices.Add(device);
        await device.ConnectAsync("cli").WaitAsync(Patience);
        return device.Get<QuietConnection>("cli");
    }

    private sealed class QuietConnection(ConnectionSettings settings) : BaseConnection(settings)
    {
        public int Closed { get; private set; }

        protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        protected override Task CloseAsync(CancellationToken cancellationToken)
        {
            Closed++;
            return Task.CompletedTask;
        }
    }
}
