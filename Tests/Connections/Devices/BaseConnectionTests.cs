using Connections.Pooling;

namespace Connections.Tests.Devices;

/// <summary>The life of one connection, and what a call that goes wrong leaves behind.</summary>
public sealed class BaseConnectionTests
{
    private EchoDevice _line = null!;
    private EchoConnection _connection = null!;

    [SetUp]
    public async Task SetUp()
    {
        _line = new EchoDevice();
        _connection = new EchoConnection(Lab.Settings("r1", "cli"), _line);
        await _connection.ConnectAsync();
    }

    [TearDown]
    public async Task TearDown() => await _connection.DisposeAsync();

    [Test]
    public async Task Concurrent_callers_of_locked_methods_never_meet()
    {
        var calls = Enumerable.Range(0, 200).Select(number => Task.Run(() => _connection.EchoAsync($"{number}")));

        var answers = await Task.WhenAll(calls).Within();

        Assert.That(answers, Is.EquivalentTo(Enumerable.Range(0, 200).Select(static number => $"{number}")));
        Assert.That(_line.Collided, Is.False);
    }

    [Test]
    public async Task A_locked_method_calls_another_of_the_same_connection_across_awaits_and_threads() =>
        Assert.That(await _connection.EchoTwiceAsync("ab").Within(), Is.EqualTo("abab"));

    [Test]
    public async Task Several_calls_inside_a_held_lock_are_not_interrupted()
    {
        Task outsider;
        using (await _connection.LockAsync())
        {
            outsider = OutsideAsync();
            await _connection.EchoAsync("one").Within();
            await _connection.EchoAsync("two").Within();
        }

        await outsider.Within();
        Assert.That(_line.Calls, Is.EqualTo(new[] { "one", "two", "outsider" }));

        Task OutsideAsync()
        {
            using var detached = Connections.Locking.ReentrantAsyncLock.Detach();
            return Task.Run(() => _connection.EchoAsync("outsider"));
        }
    }

    [Test]
    public async Task A_cancelled_call_resynchronises_the_connection_before_the_next_caller()
    {
        _line.CanReset = true;
        await CancelACallAsync();

        Assert.That(_line.Resets, Is.EqualTo(1));
        Assert.That(_connection.State, Is.EqualTo(ConnectionState.Connected));
    }

    [Test]
    public async Task A_cancelled_call_faults_a_connection_that_cannot_resynchronise_and_connecting_mends_it()
    {
        await CancelACallAsync();

        Assert.That(_connection.State, Is.EqualTo(ConnectionState.Faulted));
        Assert.That(
            async () => await _connection.EchoAsync("x").Within(),
            Throws.TypeOf<NotConnectedException>().With.Message.Contains("out of order"));

        _line.Answering = Task.CompletedTask;
        await _connection.ConnectAsync().Within();
        Assert.That(await _connection.EchoAsync("again").Within(), Is.EqualTo("again"));
    }

    [Test]
    public async Task Disconnecting_waits_for_the_call_in_progress()
    {
        var answer = new TaskCompletionSource();
        _line.Answering = answer.Task;
        var call = _connection.EchoAsync("slow");

        var disconnecting = _connection.DisconnectAsync();
        Assert.That(disconnecting.IsCompleted, Is.False);
        answer.SetResult();

        Assert.That(await call.Within(), Is.EqualTo("slow"));
        await disconnecting.Within();
        Assert.That(_connection.State, Is.EqualTo(ConnectionState.Disconnected));
    }

    [Test]
    public async Task Disposing_aborts_and_closes_once()
    {
        await _connection.DisposeAsync();
        await _connection.DisposeAsync();

        Assert.That((_line.Aborts, _line.ClosedCount), Is.EqualTo((1, 1)));
        Assert.That(async () => await _connection.ConnectAsync(), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task A_connect_that_is_cancelled_leaves_it_disconnected()
    {
        await _connection.DisconnectAsync();
        _line.Opening = new TaskCompletionSource().Task;
        using var cancellation = new CancellationTokenSource();
        var connecting = _connection.ConnectAsync(cancellation.Token);

        await cancellation.CancelAsync();

        Assert.That(async () => await connecting.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_connection.State, Is.EqualTo(ConnectionState.Disconnected));
    }

    private async Task CancelACallAsync()
    {
        _line.Answering = new TaskCompletionSource().Task;
        using var cancellation = new CancellationTokenSource();
        var call = _connection.EchoAsync("cut short", cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(async () => await call.Within(), Throws.InstanceOf<OperationCanceledException>());
    }
}
