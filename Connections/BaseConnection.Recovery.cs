using Connections.Locking;
using Connections.Pooling;

namespace Connections;

// What a call leaves behind that went wrong, or that changed the state of the connection, and how a pool sees to it.
public abstract partial class BaseConnection
{
    private Exception? _recoveredFrom;
    private volatile bool _hasChangedState;

    /// <summary>Whether a call has left the connection in another state than it had after connecting.</summary>
    internal bool HasChangedState => _hasChangedState;

    /// <summary>When its pool made it or had it back from its last holder, on the pool's clock.</summary>
    internal Moment LastUsed { get; set; }

    /// <summary>Brings the connection back to the state after connecting; its failure faults the connection.</summary>
    internal async Task UndoChangesAsync(CancellationToken cancellationToken)
    {
        using var releaser = await LockAsync(cancellationToken).ConfigureAwait(false);
        if (IsConnected)
        {
            await ResetOrFaultAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Whether the device still answers; false also if it does not say so in time.</summary>
    internal async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CleanupTimeout);
        using var releaser = await LockAsync(limit.Token).ConfigureAwait(false);
        return IsConnected && await CheckHealthAsync(limit.Token).ConfigureAwait(false);
    }

    void ILockable.MarkStateChanged() => MarkStateChanged();

    /// <summary>Takes note that a call leaves the connection in another state.</summary>
    internal void MarkStateChanged() => _hasChangedState = true;

    ValueTask ILockable.RecoverAsync(Exception error) => NeedsRecovery(error) ? new(ResetOrFaultAsync()) : ValueTask.CompletedTask;

    private async Task ResetOrFaultAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(CleanupTimeout);
            await ResetAsync(limit.Token).ConfigureAwait(false);
            _hasChangedState = false;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The caller gets the error of the call; this one stays in LastError, for those who come after.
            Fault(failure);
        }
    }

    // A synchronous call cannot wait for a device to come back in step, so its connection is faulted at once.
    void ILockable.Recover(Exception error)
    {
        if (NeedsRecovery(error))
        {
            Fault(error);
        }
    }

    // An error passes through every locked method on its way out; the innermost has recovered from it.
    private bool NeedsRecovery(Exception error) =>
        IsConnected && LeavesOutOfStep(error) && !ReferenceEquals(Interlocked.Exchange(ref _recoveredFrom, error), error);
}
