using System.Diagnostics;
using System.Globalization;
using Connections.Locking;
using Connections.Pooling;
using Npgsql;

namespace Connections.Harness.Sharing;

/// <summary>
/// Lets the connections of processes on any number of machines take turns, by the advisory locks of a PostgreSQL that they all reach. Each scope has a session of its own, which
/// is opened with the first entry. A process that ends, however it ends, loses its sessions and what they had; a session that ends while it has the lock costs its holder the lock,
/// who is told at its next step. Until then it is still inside, so that after an end of the server nobody enters for <see cref="Grace"/>.
/// </summary>
internal sealed class PostgresLockScope : ILockScope
{
    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(2);

    // Long for a step on a device that answers, short for who waits.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly PostgresAddress _server;
    private readonly string _name;
    private PostgresSession? _session;
    private LockHolder? _holder;
    private long? _cutOffAt;

    /// <exception cref="ConnectionException">The connection names no such server.</exception>
    internal PostgresLockScope(ConnectionSettings settings)
    {
        _server = PostgresAddress.Of(settings);
        _name = LockScopes.NameOf(settings);
    }

    /// <summary>Who had it when a wait for it was last over.</summary>
    public LockHolder? Holder => _holder;

    /// <exception cref="ConnectFailedException">The server refuses, or, where the call has no timeout, is not reached for <see cref="Reconnecting.Patience"/>.</exception>
    /// <inheritdoc/>
    public async ValueTask EnterAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _holder = null;
        var reconnecting = new Reconnecting(_server, isPatient: timeout != Timeout.InfiniteTimeSpan);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout == TimeSpan.Zero ? Reconnecting.Patience : timeout);
        try
        {
            while (!await TryEnterAsync(isWaiting: timeout != TimeSpan.Zero, reconnecting, limit.Token))
            {
                if (timeout == TimeSpan.Zero)
                {
                    throw await TimedOutAsync(timeout, reconnecting);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw await TimedOutAsync(timeout, reconnecting);
        }
    }

    /// <inheritdoc/>
    public void Enter(TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.Run(() => EnterAsync(timeout, cancellationToken).AsTask(), CancellationToken.None).GetAwaiter().GetResult();

    // Not cancelled, so that the session is fit for what comes; the answer is due within seconds.
    /// <inheritdoc/>
    public async ValueTask EnsureInsideAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Session().PingAsync(CancellationToken.None);
        }
        catch (NpgsqlException error)
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc/>
    public void EnsureInside()
    {
        try
        {
            Session().Ping();
        }
        catch (NpgsqlException error)
        {
            throw Lost(error);
        }
    }

    /// <inheritdoc/>
    public void Leave()
    {
        try
        {
            if (!Session().Unlock())
            {
                throw Lost(error: null);
            }
        }
        catch (NpgsqlException error)
        {
            throw Lost(error);
        }
    }

    /// <summary>Ends the session, and with it what it has.</summary>
    public void Dispose() => Drop();

    private async Task<bool> TryEnterAsync(bool isWaiting, Reconnecting reconnecting, CancellationToken cancellationToken)
    {
        try
        {
            _session ??= await PostgresSession.OpenAsync(_server, _name, cancellationToken);
            reconnecting.Succeed();
            if (!await LockAsync(_session, isWaiting, cancellationToken))
            {
                return false;
            }

            await OutlastTheOneInsideAsync(_session.ServerUptime, reconnecting, cancellationToken);
            return true;
        }
        catch (NpgsqlException error)
        {
            Drop();
            _cutOffAt = Stopwatch.GetTimestamp();
            await reconnecting.PauseAsync(error, cancellationToken);
            return false;
        }
        catch
        {
            // The session may have got the lock at the last moment.
            Drop();
            throw;
        }
    }

    private static async Task<bool> LockAsync(PostgresSession session, bool isWaiting, CancellationToken cancellationToken)
    {
        if (!isWaiting)
        {
            return await session.TryLockAsync(cancellationToken);
        }

        await session.LockAsync(cancellationToken);
        return true;
    }

    // A server that crashed counts its uptime on, but has cut off whoever waited.
    private async Task OutlastTheOneInsideAsync(TimeSpan uptime, Reconnecting reconnecting, CancellationToken cancellationToken)
    {
        var since = _cutOffAt is { } at && Stopwatch.GetElapsedTime(at) is var elapsed && elapsed < uptime ? elapsed : uptime;
        if (since < Grace)
        {
            reconnecting.Problem = $"the server has come back just now, and who was inside is given {Grace.TotalSeconds} s to leave.";
            await Task.Delay(Grace - since, cancellationToken);
        }
    }

    // A session that was lost is not replaced before its holder has left.
    private PostgresSession Session() => _session ?? throw Lost(error: null);

    private LockLostException Lost(Exception? error)
    {
        Drop();
        var reason = error is null ? "" : $" ({error.Message})";
        return new LockLostException(
            $"The lock '{_name}' was lost while it was held: its session with {_server} has ended{reason}, taken away by 'connections locks --break' or with the server. "
            + "Others may have had it since. Check what it guards, and take it again.",
            error);
    }

    private void Drop()
    {
        _session?.Dispose();
        _session = null;
    }

    private async Task<TimeoutException> TimedOutAsync(TimeSpan timeout, Reconnecting reconnecting)
    {
        var problem = reconnecting.Problem ?? await FindHolderAsync();
        return new TimeoutException(string.Create(
            CultureInfo.InvariantCulture, $"The lock '{_name}' of {_server} was not to be had within {timeout.TotalSeconds:0.###} s: {problem}"));
    }

    private async Task<string> FindHolderAsync()
    {
        using var limit = new CancellationTokenSource(LookPatience);
        try
        {
            var found = (await PostgresLocks.ListAsync(_server, [_name], limit.Token)).SingleOrDefault(status => status.Name == _name);
            _holder = found?.HolderOf();
            return "nobody has it now.";
        }
        catch (Exception error) when (error is ConnectFailedException or OperationCanceledException)
        {
            return $"who has it is not known: {error.Message}";
        }
    }
}
