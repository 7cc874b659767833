using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Connections.Pooling;
using Connections.Snmp;

namespace Connections.NetSnmp.Sharing;

// Workers that a process holds over several calls. The stream that tells it the lease's number has the worker's place in the queue of all processes, and ends with
// that process, whatever becomes of it.
internal sealed partial class SharedPoolService
{
    private readonly ConcurrentDictionary<long, PoolLease> _leases = new();
    private long _lastLease;

    public async IAsyncEnumerable<long> LeaseAsync(long idleMilliseconds, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A single connection is its only place's.
        var worker = _settings.PoolSize is null ? null : await _device.LeaseAsync<ISnmpClient>(_settings.Alias, cancellationToken: cancellationToken).ConfigureAwait(false);
        using var held = worker;
        var idle = TimeSpan.FromMilliseconds(Math.Clamp(idleMilliseconds, 1, SharedSnmpConnection.LongestAttempt));
        var lease = new PoolLease(worker?.Client ?? _pool, idle, TimeProvider.System);
        var number = Interlocked.Increment(ref _lastLease);
        _leases[number] = lease;
        try
        {
            yield return number;
            await lease.WhenIdleAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _leases.TryRemove(number, out _);
        }
    }

    async Task<byte[]> ISharedPoolControl.ExchangeAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        var number = LeasedRequest.Read(frame, out var request);
        if (!_leases.TryGetValue(number, out var lease))
        {
            return PoolFault.ReplyOf(new ConnectionException("The lease has ended: it was disposed, or not used for longer than lease_timeout says. Lease again."))!;
        }

        lease.Enter();
        try
        {
            return await ExchangeAsync(lease.Client, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lease.Exit();
        }
    }
}
