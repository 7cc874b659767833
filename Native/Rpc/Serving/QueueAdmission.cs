using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Serving;

/// <summary>Lets calls of all connections begin in the order in which they came.</summary>
internal sealed class QueueAdmission(int concurrentCalls) : IAdmission
{
    // Serves those who await it in order, and gives a place that is left to the first of them.
    private readonly SemaphoreSlim _free = new(concurrentCalls, concurrentCalls);

    public ValueTask<bool> EnterAsync(Frame call, CancellationToken cancellationToken)
    {
        var wait = _free.WaitAsync(cancellationToken);
        return wait.IsCompletedSuccessfully ? new ValueTask<bool>(true) : WaitAsync(wait);
    }

    public void Leave(Frame call) => _free.Release();

    public void Close()
    {
        // The connections refuse newcomers themselves.
    }

    public ValueTask DisposeAsync()
    {
        _free.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<bool> WaitAsync(Task wait)
    {
        await wait.ConfigureAwait(false);
        return true;
    }
}
