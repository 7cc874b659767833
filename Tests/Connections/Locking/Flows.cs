using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>Flows of execution apart from the test's own.</summary>
internal static class Flows
{
    /// <summary>Starts something in a flow that holds nothing.</summary>
    public static T Outside<T>(Func<T> start)
    {
        using (ReentrantAsyncLock.Detach())
        {
            return start();
        }
    }

    /// <summary>Enters the lock in a flow that holds nothing, and waits until it is inside.</summary>
    public static Releaser EnterOutside(this ReentrantAsyncLock @lock) => Outside(() => @lock.Lock(TimeSpan.FromSeconds(30)));

    /// <summary>Asks for the lock in a flow that holds nothing.</summary>
    public static ValueTask<Releaser> AskOutside(this ReentrantAsyncLock @lock, CancellationToken cancellationToken = default) =>
        Outside(() => @lock.LockAsync(cancellationToken));

    /// <summary>Asks for the lock, for so long, in a flow that holds nothing.</summary>
    public static ValueTask<Releaser> AskOutside(this ReentrantAsyncLock @lock, TimeSpan timeout) =>
        Outside(() => @lock.LockAsync(timeout));

    /// <summary>Runs something on a thread of its own, which no pool lends.</summary>
    public static Task StartThread(Action body)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                body();
                ended.SetResult();
            }
            catch (Exception error)
            {
                ended.SetException(error);
            }
        });
        thread.IsBackground = true;
        thread.Start();
        return ended.Task;
    }

    /// <summary>Asserts that nobody holds the lock or waits for it, and that it can be had at once.</summary>
    public static void AssertObtainable(this ReentrantAsyncLock @lock)
    {
        Assert.That(@lock.Holder, Is.Null);
        var entry = @lock.AskOutside(TimeSpan.Zero).AsTask();
        Assert.That(entry.IsCompletedSuccessfully, Is.True, "a free lock made a caller wait");
        entry.Result.Dispose();
    }
}
