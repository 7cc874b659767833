using Connections.Pooling;

namespace Connections.Benchmarks.Pools;

/// <summary>The pool itself, with workers that need no checking.</summary>
internal sealed class WorkerPoolCandidate : Candidate, IWorkerPolicy<object>
{
    private readonly WorkerPool<object> _pool;

    private WorkerPoolCandidate() => _pool = new WorkerPool<object>(this, new WorkerPoolOptions { Size = Workers });

    public override string Name => "WorkerPool";

    public static async Task<WorkerPoolCandidate> StartAsync()
    {
        var candidate = new WorkerPoolCandidate();
        await candidate._pool.StartAsync();
        return candidate;
    }

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            (await _pool.LeaseAsync().ConfigureAwait(false)).Dispose();
        }
    }

    public override async Task HoldAsync(int times, WaitLog waits)
    {
        for (var i = 0; i < times; i++)
        {
            var asked = waits.Ask();
            var lease = await _pool.LeaseAsync().ConfigureAwait(false);
            waits.Grant(asked);
            await Task.Yield();
            lease.Dispose();
        }
    }

    ValueTask<object> IWorkerPolicy<object>.CreateAsync(CancellationToken cancellationToken) => new(new object());

    ValueTask<bool> IWorkerPolicy<object>.ValidateAsync(object worker, CancellationToken cancellationToken) => new(true);

    ValueTask<bool> IWorkerPolicy<object>.ResetAsync(object worker, CancellationToken cancellationToken) => new(true);

    ValueTask IWorkerPolicy<object>.DestroyAsync(object worker) => ValueTask.CompletedTask;
}
