namespace Connections.Pooling;

/// <summary>For how long one worker may idle, live and serve: the pool's limits less a part of them at random.</summary>
/// <remarks>The part differs from worker to worker, so that workers created together do not end together.</remarks>
internal readonly record struct WorkerLimits(TimeSpan Idle, TimeSpan Life, long Uses)
{
    /// <summary>Chooses the limits of a new worker.</summary>
    public static WorkerLimits Choose(WorkerPoolOptions options) => new(
        Shorten(options.IdleTimeout, options), Shorten(options.MaxLifetime, options), Reduce(options.MaxUses, options));

    private static TimeSpan Shorten(TimeSpan limit, WorkerPoolOptions options) =>
        limit == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : limit * Share(options);

    private static long Reduce(int? limit, WorkerPoolOptions options) =>
        limit is { } uses ? Math.Max(1, (long)Math.Ceiling(uses * Share(options))) : long.MaxValue;

    private static double Share(WorkerPoolOptions options) =>
        options.Jitter == 0 ? 1 : 1 - (options.Jitter * options.Random.NextDouble());
}
