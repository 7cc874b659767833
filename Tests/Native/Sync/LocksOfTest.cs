using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync;

/// <summary>The participants that a test has in a lock that no other test has.</summary>
internal sealed class LocksOfTest : IDisposable
{
    private readonly List<HybridLock> _locks = [];

    public string Name { get; } = LockNames.New();

    public static Task StartThread(Action action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public HybridLock Open(HybridLockMode mode = HybridLockMode.ConnectOrCreate, HybridLockOptions? options = null)
    {
        var opened = new HybridLock(Name, mode, options);
        _locks.Add(opened);
        return opened;
    }

    /// <summary>Waits until so many participants are seen to wait.</summary>
    public async Task WaitersAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (LockNames.StatusOf(Name)?.Waiters.Count != count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        _locks.ForEach(static used => used.Dispose());
        LockNames.Forget(Name);
    }
}
