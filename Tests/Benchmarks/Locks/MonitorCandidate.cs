namespace Connections.Benchmarks.Locks;

/// <summary>The monitor of an object.</summary>
internal sealed class MonitorCandidate : SynchronousCandidate
{
    private readonly object _lock = new();

    public override string Name => "Monitor";

    protected override void Use(int times)
    {
        for (var i = 0; i < times; i++)
        {
            lock (_lock)
            {
            }
        }
    }

    protected override void Nest(int times)
    {
        lock (_lock)
        {
            Use(times);
        }
    }

    protected override void Hold(int times)
    {
        for (var i = 0; i < times; i++)
        {
            lock (_lock)
            {
                Thread.Yield();
            }
        }
    }
}
