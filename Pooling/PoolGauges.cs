using System.Diagnostics.Metrics;

namespace Connections.Pooling;

/// <summary>The gauges of all open pools. They do not keep a pool alive that nobody uses any more.</summary>
internal static class PoolGauges
{
    private static readonly Lock Gate = new();
    private static readonly List<WeakReference<IObservedPool>> Pools = [];

    /// <summary>Puts the gauges on the meter.</summary>
    public static void Publish(Meter meter)
    {
        Publish(meter, "idle", static pool => pool.Idle);
        Publish(meter, "busy", static pool => pool.Busy);
        Publish(meter, "creating", static pool => pool.Creating);
        Publish(meter, "waiting", static pool => pool.Waiting);
    }

    /// <summary>Observes a pool from now on.</summary>
    public static void Add(IObservedPool pool)
    {
        lock (Gate)
        {
            Pools.RemoveAll(static known => !known.TryGetTarget(out _));
            Pools.Add(new WeakReference<IObservedPool>(pool));
        }
    }

    /// <summary>Observes a pool no more.</summary>
    public static void Remove(IObservedPool pool)
    {
        lock (Gate)
        {
            Pools.RemoveAll(known => !known.TryGetTarget(out var target) || ReferenceEquals(target, pool));
        }
    }

    private static void Publish(Meter meter, string name, Func<PoolStatistics, int> figure) =>
        meter.CreateObservableGauge($"connections.pool.{name}", () => Observe(figure));

    private static List<Measurement<int>> Observe(Func<PoolStatistics, int> figure)
    {
        WeakReference<IObservedPool>[] pools;
        lock (Gate)
        {
            pools = [.. Pools];
        }

        var measurements = new List<Measurement<int>>(pools.Length);
        foreach (var known in pools)
        {
            if (known.TryGetTarget(out var pool))
            {
                measurements.Add(new Measurement<int>(figure(pool.GetStatistics()), pool.Metrics.Tags));
            }
        }

        return measurements;
    }
}
