using Connections.Snmp;

namespace Connections.NetSnmp.Sharing;

/// <summary>A worker that a process holds over several calls, and the time after which it is taken back if none comes. Thread-safe.</summary>
/// <param name="client">The worker.</param>
/// <param name="idle">That time.</param>
/// <param name="time">The clock.</param>
internal sealed class PoolLease(ISnmpClient client, TimeSpan idle, TimeProvider time)
{
    private readonly Lock _mutex = new();
    private int _calls;
    private long _usedAt = time.GetTimestamp();

    public ISnmpClient Client => client;

    /// <summary>Begins a call, which is not idle time; to be ended by <see cref="Exit"/>.</summary>
    public void Enter()
    {
        lock (_mutex)
        {
            _calls++;
        }
    }

    public void Exit()
    {
        lock (_mutex)
        {
            _calls--;
            _usedAt = time.GetTimestamp();
        }
    }

    /// <summary>Completes once the lease was idle for its time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task WhenIdleAsync(CancellationToken cancellationToken)
    {
        while (Remaining() is var remaining && remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Remaining()
    {
        lock (_mutex)
        {
            return _calls > 0 ? idle : idle - time.GetElapsedTime(_usedAt);
        }
    }
}
