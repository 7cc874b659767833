using System.Runtime.CompilerServices;
using Connections.Locking;

namespace Connections.Tests.Locking;

/// <summary>A connection with a stream whose every element is fetched inside the lock, and a call to make for each.</summary>
internal sealed partial class PagedConnection() : BaseConnection(new ConnectionSettings { DeviceName = "r1" })
{
    private int _inside;

    /// <summary>The most that were ever on the line at once.</summary>
    public int Most { get; private set; }

    [Locked]
    public partial IAsyncEnumerable<int> WalkAsync(int count, CancellationToken cancellationToken = default);

    [Locked]
    public partial Task<int> ReadAsync(int number);

    protected override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task CloseAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async IAsyncEnumerable<int> WalkCoreAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await ReadCoreAsync(number);
        }
    }

    private async Task<int> ReadCoreAsync(int number)
    {
        Most = Math.Max(Most, Interlocked.Increment(ref _inside));
        await Task.Yield();
        Interlocked.Decrement(ref _inside);
        return number;
    }
}
