using System.Collections.Concurrent;
using System.Threading.RateLimiting;

namespace Connections.Benchmarks.Pools;

/// <summary>A limiter, first come first served, that counts the workers of a concurrent queue.</summary>
internal sealed class ConcurrencyLimiterCandidate : Candidate
{
    private readonly ConcurrentQueue<object> _workers = new(Enumerable.Range(0, Workers).Select(_ => new object()));
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = Workers,
        QueueLimit = int.MaxValue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    public override string Name => "ConcurrencyLimiter";

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using var permit = await _limiter.AcquireAsync().ConfigureAwait(false);
            _workers.Enqueue(Take());
        }
    }

    public override async Task HoldAsync(int times, WaitLog waits)
    {
        for (var i = 0; i < times; i++)
        {
            var asked = waits.Ask();
            using var permit = await _limiter.AcquireAsync().ConfigureAwait(false);
            waits.Grant(asked);
            var worker = Take();
            await Task.Yield();
            _workers.Enqueue(worker);
        }
    }

    private object Take() =>
        _workers.TryDequeue(out var worker) ? worker : throw new InvalidOperationException("The limiter promised a worker.");
}
