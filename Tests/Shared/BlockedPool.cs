namespace Connections.Tests;

/// <summary>Keeps every thread of the pool blocked until disposed.</summary>
internal sealed class BlockedPool : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ManualResetEventSlim _unblock = new();
    private readonly CountdownEvent _running;
    private readonly (int Workers, int Ports) _most;

    public BlockedPool()
    {
        ThreadPool.GetMaxThreads(out var workers, out var ports);
        ThreadPool.GetMinThreads(out var least, out _);
        _most = (workers, ports);
        var threads = Math.Max(ThreadPool.ThreadCount, Math.Max(least, Environment.ProcessorCount));
        Assert.That(ThreadPool.SetMaxThreads(threads, ports), Is.True);

        // More than there are threads: a thread that something else gives back takes the next one.
        _running = new CountdownEvent(2 * threads);
        for (var blocker = 0; blocker < 2 * threads; blocker++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => Block(), state: null);
        }

        Assert.That(
            SpinWait.SpinUntil(() => ThreadPool.ThreadCount >= threads && ThreadPool.PendingWorkItemCount > 0, Limit),
            Is.True,
            "the pool found a thread more");
    }

    public void Dispose()
    {
        _unblock.Set();
        ThreadPool.SetMaxThreads(_most.Workers, _most.Ports);
        Assert.That(_running.Wait(Limit), Is.True);
        _running.Dispose();
        _unblock.Dispose();
    }

    private void Block()
    {
        _unblock.Wait(Limit);
        _running.Signal();
    }
}
