namespace Connections.Benchmarks.Locks;

/// <summary><see cref="System.Threading.Lock"/>.</summary>
internal sealed class LockCandidate : SynchronousCandidate
{
    private readonly Lock _lock = new();

    public override string Name => "Lock";

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
