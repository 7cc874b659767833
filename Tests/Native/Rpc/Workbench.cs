using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Connections.Native.Tests.Rpc;

/// <summary>Does what it is asked, and lets a test see into it.</summary>
internal sealed class Workbench : IWorkbench
{
    private int _running;

    /// <summary>Waits that have begun, by name; a test may complete them.</summary>
    public ConcurrentDictionary<string, TaskCompletionSource> Waits { get; } = new();

    /// <summary>The names of the waits, in the order in which they began.</summary>
    public ConcurrentQueue<string> Order { get; } = new();

    /// <summary>The names of the waits that were cancelled.</summary>
    public ConcurrentQueue<string> Cancelled { get; } = new();

    /// <summary>The most waits that ran at once.</summary>
    public int Peak { get; private set; }

    /// <summary>How many elements of streams were made.</summary>
    public int Counted;

    /// <summary>How many streams have ended.</summary>
    public int StreamsEnded;

    public ValueTask<byte[]> EchoAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => new(bytes.ToArray());

    public async Task<ReadOnlyMemory<byte>> ReverseAsync(byte[] bytes)
    {
        await Task.Yield();
        Array.Reverse(bytes);
        return bytes;
    }

    public Task<int> AddAsync(int x, int y) => Task.FromResult(x + y);

    public ValueTask<Reading> MeasureAsync(string name, Reading? last, CancellationToken cancellationToken) =>
        new(new Reading(name, (last?.Value ?? 0) + 1));

    public Task FailAsync(string message) => throw new InvalidOperationException(message);

    public async ValueTask WaitAsync(string name, CancellationToken cancellationToken)
    {
        Peak = Math.Max(Peak, Interlocked.Increment(ref _running));
        Order.Enqueue(name);
        var wait = Waits.GetOrAdd(name, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await wait.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled.Enqueue(name);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public ValueTask<int> WhoAsync(CancellationToken cancellationToken) => new(Environment.ProcessId);

    public async ValueTask<int> WhoElseAsync(int processId, CancellationToken cancellationToken)
    {
        if (processId == Environment.ProcessId)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return Environment.ProcessId;
    }

    public async IAsyncEnumerable<int> CountAsync(int from, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            for (var i = from; i < from + count; i++)
            {
                await Task.Yield();
                Interlocked.Increment(ref Counted);
                yield return i;
            }
        }
        finally
        {
            Interlocked.Increment(ref StreamsEnded);
        }
    }

    public async IAsyncEnumerable<byte[]> ChunksAsync()
    {
        yield return [1];
        await Task.Yield();
        yield return [];
        yield return [2, 3];
        throw new InvalidOperationException("no more chunks");
    }
}
