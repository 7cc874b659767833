namespace Connections.Benchmarks.Ipc;

/// <summary>A mutex of .NET with a name.</summary>
internal sealed class NamedMutexCandidate(string name) : MachineLockCandidate
{
    private readonly Mutex _mutex = new(initiallyOwned: false, name);

    public override void Use(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _mutex.WaitOne();
            _mutex.ReleaseMutex();
        }
    }

    public override void Dispose() => _mutex.Dispose();
}
