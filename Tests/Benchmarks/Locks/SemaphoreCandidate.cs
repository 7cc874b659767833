namespace Connections.Benchmarks.Locks;

/// <summary>A semaphore of one: the usual asynchronous lock, which its holder cannot enter again.</summary>
internal sealed class SemaphoreCandidate : Candidate
{
    public const string Title = "SemaphoreSlim";

    private readonly SemaphoreSlim _semaphore = new(1, 1);

    public override string Name => Title;

    public override async Task UseAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _semaphore.WaitAsync().ConfigureAwait(false);
            try
            {
            }
            finally
            {
                _semaphore.Release();
            }
        }
    }

    public override async Task HoldAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await _semaphore.WaitAsync().ConfigureAwait(false);
            try
            {
                await Task.Yield();
            }
            finally
            {
                _semaphore.Release();
            }
        }
    }
}
