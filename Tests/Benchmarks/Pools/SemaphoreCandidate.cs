using System.Collections.Concurrent;

namespace Connections.Benchmarks.Pools;

/// <summary>A semaphore that counts the workers of a concurrent queue.</summary>
internal sealed class SemaphoreCandidate : Candidate
{
    private readonly SemaphoreSlim _free = new(Workers);
    private readonly ConcurrentQueue<object> _workers = new(Enumerable.Range(0, Workers).Select(_ => new object()));

    public override string Name => "SemaphoreSlim";

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
            Return(Take());
        }
    }

    public override async Task HoldAsync(int times, WaitLog waits)
    {
        for (var i = 0; i < times; i++)
        {
            var asked = waits.Ask();
            await _free.WaitAsync().ConfigureAwait(false);
            waits.Grant(asked);
            var worker = Take();
            await Task.Yield();
            Return(worker);
        }
    }

    private object Take() =>
        _workers.TryDequeue(out var worker) ? worker : throw new InvalidOperationException("The semaphore promised a worker.");

    private void Return(object worker)
    {
        _workers.Enqueue(worker);
        _free.Release();
    }
}
