using System.Net;
using Connections.Native.Rpc;
using Connections.Pooling;
using Connections.Pools;
using Connections.Snmp;
using Connections.Snmp.Engine;

namespace Connections.NetSnmp.Sharing;

/// <summary>
/// A pool of SNMP workers that another process has: <c>connections serve</c>, or whoever makes a <see cref="SharedSnmpPool"/>. It is used as the pool itself would
/// be, by any number of processes; each request waits for a worker first come first served among all of them.
/// </summary>
/// <remarks>
/// <para>A testbed's connection is one of these where its argument <c>shared</c> is true and <see cref="SharedSnmpConnectionClasses.AddSharedSnmp"/> was called.
/// The same file serves both sides; here <c>pool_size</c> and credentials are not needed, since they are the other process's. <c>pool_timeout</c> is how long each
/// call waits for a worker; endless by default.</para>
/// <para>A worker is held for one attempt of a request; a request that is sent again, and the next page of a walk, wait their turn anew. A lease of the alias holds one
/// over several calls, until it is disposed, or was not used for <c>lease_timeout</c> seconds, 600 by default. A process that is killed while it waits, is served or
/// has a lease blocks nobody.</para>
/// <para>Thread-safe; calls do not take the connection's lock, which excludes only those who take it too.</para>
/// </remarks>
public sealed partial class SharedSnmpConnection : BaseConnection, ISnmpClient, ISharedPool
{
    /// <summary>How long one attempt may take at most, in milliseconds.</summary>
    internal const long LongestAttempt = 3_600_000;

    // Writes the requests of all connections and reads the answers; it has neither socket nor thread.
    private static readonly SnmpEngine Scribe = new();

    // Keys that only the process which has the workers carries out.
    private static readonly string[] OfTheOther =
        [ConnectionSettings.SharedArgument, ConnectionSettings.LeaseTimeoutArgument, "backend", "source", "trace", "max_in_flight", "max_combined", "min_interval", "silence_pause", "verify"];

    private readonly SnmpArguments _arguments;
    private readonly SnmpOptions _snmp;
    private readonly PoolName _name;
    private readonly TimeSpan _leaseTimeout;
    private readonly CancellationTokenSource _aborted = new();
    private Link? _link;

    /// <summary>Makes a connection; nothing is asked before it is connected.</summary>
    /// <param name="settings">What a testbed says of it.</param>
    /// <exception cref="ConnectionException">An argument's value is not allowed; the message names key and value.</exception>
    public SharedSnmpConnection(ConnectionSettings settings)
        : base(settings)
    {
        var own = settings with { Arguments = settings.Arguments.Where(static argument => !OfTheOther.Contains(argument.Key)).ToDictionary(StringComparer.Ordinal) };
        _name = PoolName.Of(settings);
        _leaseTimeout = ReadLeaseTimeout(settings);
        _arguments = new SnmpArguments(settings.Credentials is null ? SnmpArguments.WithoutUser(own) : own);
        _snmp = _arguments.ToOptions();
        _ = _arguments.FindsProfile();
    }

    /// <inheritdoc/>
    /// <exception cref="PoolTimeoutException">No worker became free in time.</exception>
    /// <exception cref="NotConnectedException">The connection is not connected, or no process serves the pool any more.</exception>
    /// <exception cref="ServerDiedException">The process that serves the pool ended before it had answered; whether the agent has carried out the request is not known.</exception>
    public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default)
    {
        var link = Connected();
        return SendAsync(link.Target, Held?.Exchange ?? link.Exchange, request, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="PoolTimeoutException">No worker became free in time.</exception>
    /// <exception cref="NotConnectedException">The connection is not connected, or no process serves the pool any more.</exception>
    /// <exception cref="ServerDiedException">The process that serves the pool ended before the burst had brought anything.</exception>
    public ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default)
    {
        var link = Connected();
        return CollectAsync(link.Target, Held?.Exchange ?? link.Exchange, request, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ConnectFailedException">No process serves the pool; the message says what to do.</exception>
    protected override async Task OpenAsync(CancellationToken cancellationToken)
    {
        await UnlinkAsync().ConfigureAwait(false);
        var control = new RpcClient(_name.ControlAddress);
        try
        {
            var description = await control.Get<ISharedPoolControl>().DescribeAsync(cancellationToken).ConfigureAwait(false);
            var link = _link = new Link(NewClient(), control, AgentOf(description, _snmp));
            if (_arguments.FindsProfile())
            {
                var answer = await SnmpProbe.AskAsync(
                    Settings, request => Scribe.SendAsync(link.Target, request, link.Exchange, cancellationToken), DeviceProfiles.SysObjectId).ConfigureAwait(false);
                var profile = _arguments.Profile(SnmpProbe.ProfileFor(answer));
                _link = new Link(link.Calls, control, AgentOf(description, _snmp with { Profile = profile }));
            }
        }
        catch (NoServerException error)
        {
            await control.DisposeAsync().ConfigureAwait(false);
            throw new ConnectFailedException(
                $"Connection '{Alias}' of device '{Settings.DeviceName}' is shared, and no process serves it. Start 'connections serve' with the testbed, or leave out "
                + "'shared' to connect directly.", error)
            { Alias = Alias, Device = Settings.DeviceName };
        }
        catch
        {
            await UnlinkAsync().ConfigureAwait(false);
            await control.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override Task CloseAsync(CancellationToken cancellationToken) => UnlinkAsync();

    /// <summary>False: every response is matched with its request, so that a call that was cut short leaves nothing behind.</summary>
    protected override bool LeavesOutOfStep(Exception error) => false;

    /// <summary>Ends the requests that are under way.</summary>
    protected override void Abort() => _aborted.Cancel();

    private ValueTask<SnmpResponse> SendAsync(SnmpTarget target, SharedExchange exchange, SnmpRequest request, CancellationToken cancellationToken) => UntilAbortedAsync(
        (target, exchange, request), static (call, token) => Scribe.SendAsync(call.target, call.request, call.exchange, token), cancellationToken);

    private ValueTask<WalkResult> CollectAsync(SnmpTarget target, SharedExchange exchange, WalkRequest request, CancellationToken cancellationToken) => UntilAbortedAsync(
        (target, exchange, request), static (call, token) => Scribe.CollectAsync(call.target, call.request, call.exchange, token), cancellationToken);

    private RpcClient NewClient() => new(_name.Address, new RpcClientOptions { QueueTimeout = Settings.PoolTimeout ?? Timeout.InfiniteTimeSpan });

    private SnmpTarget AgentOf(PoolDescription description, SnmpOptions options) =>
        new(IPEndPoint.Parse(description.EndPoint), options, Settings.DeviceName, Alias);

    private Link Connected()
    {
        EnsureConnected();
        return Volatile.Read(ref _link)!;
    }

    private async Task UnlinkAsync()
    {
        if (Interlocked.Exchange(ref _link, null) is { } link)
        {
            await link.Calls.DisposeAsync().ConfigureAwait(false);
            await link.Control.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<TResult> UntilAbortedAsync<TCall, TResult>(
        TCall call, Func<TCall, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
    {
        using var linked = cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _aborted.Token)
            : null;
        try
        {
            return await run(call, linked?.Token ?? _aborted.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            EnsureConnected();
            throw;
        }
    }

    /// <summary>What there is while the connection is connected.</summary>
    private sealed class Link(RpcClient calls, RpcClient control, SnmpTarget agent)
    {
        public RpcClient Calls { get; } = calls;

        public RpcClient Control { get; } = control;

        /// <summary>The agent without its secrets, which the other process alone needs.</summary>
        public SnmpTarget Target { get; } = NetSnmpConnection.Unsecured(agent);

        public SharedExchange Exchange { get; } = new(calls.Get<ISharedPoolWorkers>().ExchangeAsync, agent);

        /// <summary>Has a lease's worker carry out requests.</summary>
        public SharedExchange ExchangeOf(long lease)
        {
            var service = Control.Get<ISharedPoolControl>();
            return new SharedExchange((frame, token) => service.ExchangeAsync(LeasedRequest.Join(lease, frame.Span), token), agent);
        }
    }
}
