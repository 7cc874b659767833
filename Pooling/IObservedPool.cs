namespace Connections.Pooling;

/// <summary>A pool as the gauges see it.</summary>
internal interface IObservedPool
{
    PoolMetrics Metrics { get; }

    PoolStatistics GetStatistics();
}
