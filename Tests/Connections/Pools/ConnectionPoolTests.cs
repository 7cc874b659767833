using Connections.Locking;
using Connections.Pooling;
using Connections.Pools;
using Connections.Tests.Devices;

namespace Connections.Tests.Pools;

/// <summary>A pool under an alias looks and behaves like one connection.</summary>
public sealed class ConnectionPoolTests
{
    private EchoDevice _line = null!;
    private Device _device = null!;

    private PoolStatistics Statistics => _device.Connections.GetPool("echo").Statistics;

    [SetUp]
    public void SetUp()
    {
        _line = new EchoDevice();
        _device = Lab.Device(_line, "echo");
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    [Test]
    public async Task The_same_code_uses_one_connection_or_five()
    {
        foreach (var size in new int?[] { null, 5 })
        {
            var alias = size is null ? "one" : "five";
            await _device.Connections.ConnectAsync(new ConnectOptions { Alias = alias, Via = "echo", PoolSize = size });

            var echo = _device.Get<IEcho>(alias);

            Assert.That(await echo.EchoAsync("hello").Within(), Is.EqualTo("hello"));
            Assert.That(await echo.EchoTwiceAsync("ab").Within(), Is.EqualTo("abab"));
        }
    }

    [Test]
    public async Task Calls_run_on_as_many_workers_as_the_pool_has_and_no_more()
    {
        var answer = new TaskCompletionSource();
        _line.Answering = answer.Task;
        var echo = await PoolAsync(5);

        var calls = Enumerable.Range(0, 50).Select(number => Task.Run(() => echo.EchoAsync($"{number}"))).ToArray();
        await Bounded.Until(() => Statistics.Waiting == 45 && _line.Inside == 5);
        answer.SetResult();

        Assert.That(await Task.WhenAll(calls).Within(), Is.EqualTo(Enumerable.Range(0, 50).Select(static number => $"{number}")));
        Assert.That(_line.Collided, Is.False);
        Assert.That((_line.OpenedCount, Statistics.Busy, Statistics.Served), Is.EqualTo((5, 0, 50)));
    }

    [Test]
    public async Task A_call_made_inside_a_lease_goes_to_the_leased_worker_so_a_pool_of_one_cannot_wait_for_itself()
    {
        var echo = await PoolAsync(1);

        await using var lease = await _device.LeaseAsync<EchoConnection>("echo");

        Assert.That(await echo.EchoAsync("inside").Within(), Is.EqualTo("inside"));
        Assert.That(await lease.Client.EchoAsync("direct").Within(), Is.EqualTo("direct"));
        await using var nested = await _device.LeaseAsync<EchoConnection>("echo");
        Assert.That(nested.Client, Is.SameAs(lease.Client));
    }

    [Test]
    public async Task Children_forked_inside_a_lease_take_turns_on_its_worker()
    {
        var echo = await PoolAsync(2);
        await using var lease = await _device.LeaseAsync<EchoConnection>("echo");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => echo.EchoAsync($"{number}")))).Within();

        Assert.That(_line.Collided, Is.False);
        Assert.That(Statistics.Busy, Is.EqualTo(1), "a child of the holder took another worker");
    }

    [Test]
    public async Task An_explicit_lease_needs_no_ambient_state()
    {
        await PoolAsync(1);
        var lease = await LeaseInAFlowOfItsOwnAsync().Within();

        var answer = await Detached(() => lease.Client.EchoAsync("explicit")).Within();

        Assert.That(answer, Is.EqualTo("explicit"));
        lease.Dispose();
        lease.Dispose();
        Assert.That(Statistics.Idle, Is.EqualTo(1));
    }

    [Test]
    public async Task A_lease_from_an_async_helper_is_the_callers_once_attached()
    {
        var echo = await PoolAsync(1);
        await using var lease = await LeaseInAFlowOfItsOwnAsync().Within();

        Assert.That(
            async () => await _device.LeaseAsync<IEcho>("echo", TimeSpan.Zero),
            Throws.TypeOf<PoolTimeoutException>(), "the helper's lease reached its caller by itself");
        lease.Attach();

        Assert.That(await echo.EchoAsync("mine").Within(), Is.EqualTo("mine"));
        lease.Dispose();
        Assert.That(lease.Attach, Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_call_that_outlives_the_lease_takes_a_worker_of_its_own()
    {
        var echo = await PoolAsync(2);
        var leaseEnded = new TaskCompletionSource();
        Task<string> late;
        using (await _device.LeaseAsync<IEcho>("echo"))
        {
            late = Task.Run(async () =>
            {
                await leaseEnded.Task;
                return await echo.EchoAsync("late");
            });
        }

        leaseEnded.SetResult();

        Assert.That(await late.Within(), Is.EqualTo("late"));
        Assert.That(Statistics.Served, Is.EqualTo(2));
    }

    [Test]
    public async Task A_full_pool_times_out_with_a_message_that_names_its_holders_and_serves_on()
    {
        await _device.Connections.ConnectAsync(
            new ConnectOptions { Alias = "echo", PoolSize = 2, PoolTimeout = TimeSpan.FromMilliseconds(20) });
        var echo = _device.Get<IEcho>("echo");
        var first = await LeaseInAFlowOfItsOwnAsync();
        var second = await LeaseInAFlowOfItsOwnAsync();

        var error = Assert.ThrowsAsync<PoolTimeoutException>(() => echo.EchoAsync("late").Within());

        Assert.That(error!.Message, Does.Contain("'echo'").And.Contain("'r1'").And.Contain(nameof(LeaseInAFlowOfItsOwnAsync)));
        first.Dispose();
        second.Dispose();
        Assert.That(await echo.EchoAsync("next").Within(), Is.EqualTo("next"));
    }

    [Test]
    public async Task A_worker_that_is_lost_is_replaced()
    {
        var echo = await PoolAsync(1);
        using (var lease = await _device.LeaseAsync<EchoConnection>("echo"))
        {
            lease.Client.Lose();
        }

        Assert.That(await echo.EchoAsync("anew").Within(), Is.EqualTo("anew"));
        Assert.That(_line.OpenedCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Asking_for_the_class_of_a_pools_workers_names_the_interface_to_ask_for()
    {
        await PoolAsync(3);

        Assert.That(
            () => _device.Get<EchoConnection>("echo"),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("3 workers").And.Message.Contains("'IEcho'"));
        Assert.That(
            () => _device.Get<IAsyncEnumerable<int>>("echo"),
            Throws.TypeOf<ConnectionException>().With.Message.Contains("EchoConnection"));
    }

    [Test]
    public async Task Disconnecting_drains_and_the_same_facade_works_after_reconnecting()
    {
        var echo = await PoolAsync(2);

        await _device.Connections.DisconnectAsync("echo").Within();
        Assert.That(_line.ClosedCount, Is.EqualTo(2));
        Assert.That(() => echo.EchoAsync("x").Within(), Throws.TypeOf<NotConnectedException>().With.Message.Contains("'echo'"));

        await _device.ConnectAsync("echo").Within();
        Assert.That(await echo.EchoAsync("back").Within(), Is.EqualTo("back"));
    }

    [Test]
    public async Task A_single_connection_can_be_leased_like_a_pool()
    {
        await _device.Connections.ConnectAsync(new ConnectOptions { Alias = "plain", Via = "echo" });

        await using (var lease = await _device.LeaseAsync<IEcho>("plain"))
        {
            Assert.That(await lease.Client.EchoAsync("held").Within(), Is.EqualTo("held"));
            Assert.That(() => OutsideAsync().Within(), Throws.TypeOf<LockTimeoutException>().With.Message.Contains("'plain'"));
        }

        (await OutsideAsync().Within()).Dispose();

        Task<ConnectionLease<IEcho>> OutsideAsync() => Detached(() => _device.LeaseAsync<IEcho>("plain", TimeSpan.Zero).AsTask());
    }

    private static T Detached<T>(Func<T> start)
    {
        using (ReentrantAsyncLock.Detach())
        {
            return start();
        }
    }

    private async Task<IEcho> PoolAsync(int size)
    {
        await _device.Connections.ConnectAsync(new ConnectOptions { Alias = "echo", PoolSize = size }).Within();
        return _device.Get<IEcho>("echo");
    }

    private async Task<ConnectionLease<EchoConnection>> LeaseInAFlowOfItsOwnAsync() => await _device.LeaseAsync<EchoConnection>("echo");
}
