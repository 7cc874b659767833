using System.Globalization;
using Connections.Native.Rpc;
using Connections.Pooling;
using Connections.Pools;
using Connections.Snmp;
using Connections.Snmp.Engine;

namespace Connections.NetSnmp.Sharing;

// One worker of the pool over several calls.
public sealed partial class SharedSnmpConnection
{
    private const double DefaultLeaseTimeout = 600;

    private readonly AsyncLocal<Lease?> _held = new();

    // A flow may have outlived the lease that it was begun in.
    private Lease? Held => _held.Value is { IsHeld: true } lease ? lease : null;

    ValueTask<ISharedLease> ISharedPool.LeaseAsync(TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (Held is { } outer)
        {
            return ValueTask.FromResult<ISharedLease>(new InnerLease(outer));
        }

        var lease = new Lease(this, Connected());
        _held.Value = lease;
        return lease.BeginAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static TimeSpan ReadLeaseTimeout(ConnectionSettings settings)
    {
        var seconds = DefaultLeaseTimeout;
        return !settings.Arguments.TryGetValue(ConnectionSettings.LeaseTimeoutArgument, out var text)
            || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) && seconds * 1_000 is >= 1 and <= LongestAttempt)
                ? TimeSpan.FromSeconds(seconds)
                : throw new ConnectionException(
                    $"Connection '{settings.Alias}' of device '{settings.DeviceName}': the argument {ConnectionSettings.LeaseTimeoutArgument} is '{text}', but must be a number of "
                    + "seconds from 0.001 to 3600.")
                {
                    Alias = settings.Alias,
                    Device = settings.DeviceName,
                };
    }

    /// <summary>A worker of the pool, from asking for it to giving it back.</summary>
    private sealed class Lease(SharedSnmpConnection connection, Link link) : ISnmpClient, ISharedLease
    {
        private readonly CancellationTokenSource _end = new();
        private volatile SharedExchange? _exchange;
        private int _isEnded;

        public bool IsHeld => _exchange is not null && Volatile.Read(ref _isEnded) == 0;

        public SharedExchange Exchange => IsHeld
            ? _exchange!
            : throw new InvalidOperationException("The lease has been disposed, so that its worker serves others. Lease again.");

        public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) =>
            connection.SendAsync(link.Target, Exchange, request, cancellationToken);

        public ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default) =>
            connection.CollectAsync(link.Target, Exchange, request, cancellationToken);

        public void Attach()
        {
            _ = Exchange;
            connection._held.Value = this;
        }

        public async ValueTask<ISharedLease> BeginAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            try
            {
                _exchange = link.ExchangeOf(await link.Exchange.AskAsync(token => NumberAsync(timeout, token), cancellationToken).ConfigureAwait(false));
                return this;
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isEnded, 1) == 0)
            {
                _end.Cancel();
            }
        }

        private async Task<long> NumberAsync(TimeSpan timeout, CancellationToken cancellationToken)
        {
            var stream = link.Calls.Get<ISharedPoolWorkers>().LeaseAsync((long)connection._leaseTimeout.TotalMilliseconds, _end.Token)
                .GetAsyncEnumerator(CancellationToken.None);
            var granted = stream.MoveNextAsync().AsTask();
            try
            {
                if (!await granted.WaitAsync(timeout, cancellationToken).ConfigureAwait(false))
                {
                    throw new ConnectionLostException($"The process that has the pool of {connection} gave no lease.");
                }

                var number = stream.Current;
                _ = FollowAsync(stream);
                return number;
            }
            catch (Exception error)
            {
                await _end.CancelAsync().ConfigureAwait(false);
                await ((Task)granted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await stream.DisposeAsync().ConfigureAwait(false);
                if (error is TimeoutException and not IConnectionError)
                {
                    throw new RpcTimeoutException($"The lease was to be had within {timeout.TotalSeconds} s.") { WasQueued = true };
                }

                throw;
            }
        }

        // It is to be read for as long as the worker is held, and ends with the other process.
        private static async Task FollowAsync(IAsyncEnumerator<long> stream)
        {
            try
            {
                await stream.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ConnectionException or ObjectDisposedException)
            {
                // It was given back, or the process that has the pool is gone, which the next call is told.
            }
            finally
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A lease within a lease: the flow has its worker already, and keeps it.</summary>
    private sealed class InnerLease(Lease outer) : ISnmpClient, ISharedLease
    {
        public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) => outer.SendAsync(request, cancellationToken);

        public ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default) => outer.CollectAsync(request, cancellationToken);

        public void Attach() => outer.Attach();

        public void Dispose()
        {
        }
    }
}
