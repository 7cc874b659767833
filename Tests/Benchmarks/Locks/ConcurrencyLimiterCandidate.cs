using System.Threading.RateLimiting;

namespace Connections.Benchmarks.Locks;

/// <summary>A limiter of one permit, which its holder cannot acquire again.</summary>
internal sealed class ConcurrencyLimiterCandidate : Candidate
{
    private readonly ConcurrencyLimiter _limiter = new(
        new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    public override string Name => "ConcurrencyLimiter";

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using (await _limiter.AcquireAsync().ConfigureAwait(false))
            {
            }
        }
    }

    public override async Task HoldAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            using (await _limiter.AcquireAsync().ConfigureAwait(false))
            {
                await Task.Yield();
            }
        }
    }
}
