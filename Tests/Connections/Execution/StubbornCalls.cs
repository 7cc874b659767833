namespace Connections.Tests.Execution;

/// <summary>Calls that run until they are cancelled, all but the first, and then clean up for as long as the test wants.</summary>
internal sealed class StubbornCalls
{
    private readonly TaskCompletionSource _first = new();
    private readonly TaskCompletionSource _cleanedUp = new();
    private int _begun;
    private int _cancelled;
    private int _running;

    public int Begun => Volatile.Read(ref _begun);

    public int Cancelled => Volatile.Read(ref _cancelled);

    public int Running => Volatile.Read(ref _running);

    public void EndFirst() => _first.SetResult();

    public void CleanUp() => _cleanedUp.SetResult();

    public async ValueTask<int> MakeAsync(int input, CancellationToken token)
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _running);
        try
        {
            await (input == 0 ? _first.Task.WaitAsync(token) : Task.Delay(Timeout.Infinite, token));
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            await _cleanedUp.Task;
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }

        return input;
    }
}
