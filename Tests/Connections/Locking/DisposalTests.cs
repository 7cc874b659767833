using Connections.Pooling;
using Connections.Tests.Devices;

namespace Connections.Tests.Locking;

/// <summary>Disposing what callers still wait for: none of them is left waiting.</summary>
public sealed class DisposalTests
{
    private const int Waiters = 20;

    private EchoDevice _line = null!;

    [SetUp]
    public void SetUp() => _line = new EchoDevice();

    [Test]
    [Breaking]
    public async Task Disposing_a_connection_lets_the_call_in_progress_end_and_fails_those_who_wait()
    {
        var answer = StopAnswering();
        var connection = new EchoConnection(Lab.Settings("r1", "cli"), _line);
        await connection.ConnectAsync().Within();
        var inside = connection.EchoAsync("inside");
        var waiting = Enumerable.Range(0, Waiters).Select(number => connection.EchoAsync($"{number}")).ToArray();

        var disposing = connection.DisposeAsync().AsTask();
        Assert.That((disposing.IsCompleted, _line.Aborts, _line.ClosedCount), Is.EqualTo((false, 1, 0)));
        answer.SetResult();

        Assert.That(await inside.Within(), Is.EqualTo("inside"));
        Assert.Multiple(() => Array.ForEach(waiting, AssertFails<NotConnectedException>));
        await disposing.Within();
        Assert.That(_line.Calls, Is.EqualTo(new[] { "inside" }), "a call reached the device of a disposed connection");
        Assert.That(_line.ClosedCount, Is.EqualTo(1));
        (await connection.LockAsync(TimeSpan.Zero).Within()).Dispose();
    }

    [Test]
    [Breaking]
    public async Task Disposing_a_pool_lets_the_calls_in_progress_end_and_fails_those_who_wait()
    {
        const int size = 2;
        var answer = StopAnswering();
        var device = Lab.Device(_line, "echo");
        await device.Connections.ConnectAsync(new ConnectOptions { Alias = "echo", PoolSize = size }).Within();
        var echo = device.Get<IEcho>("echo");
        var inside = Enumerable.Range(0, size).Select(number => echo.EchoAsync($"inside {number}")).ToArray();
        await Bounded.Until(() => _line.Inside == size);
        var waiting = Enumerable.Range(0, Waiters).Select(number => echo.EchoAsync($"{number}")).ToArray();

        var disposing = device.DisposeAsync().AsTask();
        Assert.Multiple(() => Array.ForEach(waiting, AssertFails<PoolClosedException>));
        answer.SetResult();

        Assert.That(await Task.WhenAll(inside).Within(), Is.EqualTo(new[] { "inside 0", "inside 1" }));
        await disposing.Within();
        Assert.That(_line.Calls, Has.Count.EqualTo(size));
        Assert.That(_line.ClosedCount, Is.EqualTo(size));
    }

    private TaskCompletionSource StopAnswering()
    {
        var answer = new TaskCompletionSource();
        _line.Answering = answer.Task;
        return answer;
    }

    private static void AssertFails<TError>(Task<string> call)
        where TError : Exception => Assert.That(async () => await call.Within(), Throws.TypeOf<TError>());
}
