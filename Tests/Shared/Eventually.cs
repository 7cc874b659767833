namespace Connections.Tests;

/// <summary>Waiting for what has no task to await, bounded.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static Task<T> BoundedAsync<T>(this ValueTask<T> task) => task.AsTask().WaitAsync(Limit);

    public static Task BoundedAsync(this Task task) => task.WaitAsync(Limit);

    public static Task<T> BoundedAsync<T>(this Task<T> task) => task.WaitAsync(Limit);
}
