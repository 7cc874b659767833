namespace Connections.Tests.Execution;

/// <summary>Counts how many calls run at once.</summary>
internal sealed class Load
{
    private int _running;
    private int _most;

    /// <summary>The most calls that ever ran at one moment.</summary>
    public int Most => Volatile.Read(ref _most);

    /// <summary>Carries a call that lets others run while it does.</summary>
    public async ValueTask<T> CarryAsync<T>(Func<ValueTask<T>> call)
    {
        var running = Interlocked.Increment(ref _running);
        for (var most = Most; running > most; most = Most)
        {
            Interlocked.CompareExchange(ref _most, running, most);
        }

        await Task.Yield();
        try
        {
            return await call();
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }
}
