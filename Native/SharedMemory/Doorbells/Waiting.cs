using System.Threading.Tasks.Sources;

namespace Connections.Native.SharedMemory.Doorbells;

/// <summary>
/// A wait that is over when somebody says so, without a reason given: who has waited looks for it. Used again and again, by one at a time, and
/// allocates nothing. Continuations run on the thread pool.
/// </summary>
internal sealed class Waiting : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private int _isArmed;

    /// <summary>Begins a wait; the one before must have been awaited.</summary>
    public ValueTask Begin()
    {
        _core.Reset();
        var wait = new ValueTask(this, _core.Version);

        // A full fence: what is looked at next is looked at after End has begun to work.
        Interlocked.Exchange(ref _isArmed, 1);
        return wait;
    }

    /// <summary>Ends the wait that has begun, if there is one. Thread-safe.</summary>
    public void End()
    {
        if (Volatile.Read(ref _isArmed) != 0 && Interlocked.Exchange(ref _isArmed, 0) != 0)
        {
            _core.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
