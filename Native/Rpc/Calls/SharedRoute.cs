using System.Collections.Concurrent;
using Connections.Native.Rpc.Arbitration;
using Connections.Native.Rpc.Transport;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Native.Rpc.Calls;

/// <summary>The servers of a name in shared memory: whichever is free first, first come first served among all processes that call.</summary>
internal sealed partial class SharedRoute : IRoute
{
    private static readonly TimeSpan SpinBudget = TimeSpan.FromMicroseconds(20);

    private readonly RpcAddress _address;
    private readonly RpcContract _contract;
    private readonly RpcClientOptions _options;
    private readonly ulong _wanted;
    private readonly SharedRegistry _registry;
    private readonly int _client;
    private readonly SeatWatch _watch;
    private readonly Spinner _spinner = new(SpinBudget);
    private readonly ConcurrentDictionary<ulong, ServerLink> _links = new();
    private volatile IReadOnlySet<ulong> _gone = new HashSet<ulong>();
    private volatile bool _isLeft;
    private int _preferred;

    public SharedRoute(RpcAddress address, RpcContract contract, RpcClientOptions options)
    {
        _address = address;
        _contract = contract;
        _options = options;
        _wanted = ContractWord.Of(contract);
        _registry = SharedRegistry.Open(address.Name!, 0, static (registry, _) => registry.JoinAsClient(PackedIdentity.Current), out _client);
        _watch = new SeatWatch(_registry, _client, options.WaitForServer, FindFault);
    }

    private Registry Registry => _registry.Protocol;

    public ValueTask<Claim> ClaimAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var claimed = Registry.TryClaim(_client, _wanted, _preferred, _gone);
        return claimed is { } seat && _links.TryGetValue(seat.Instance, out var link) && link.Connection is { IsUsable: true } connection
            ? new ValueTask<Claim>(NewClaim(connection, seat))
            : ClaimSlowlyAsync(claimed, deadline, cancellationToken);
    }

    public void GiveBack(in Claim claim)
    {
        if (!_isLeft)
        {
            Registry.Free(claim.Server, claim.Seat, new SeatWord(claim.Word));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.StopAsync().ConfigureAwait(false);
        foreach (var link in _links.Values)
        {
            await link.DisposeAsync().ConfigureAwait(false);
        }

        _isLeft = true;
        _registry.Leave(registry => registry.LeaveAsClient(_client));
    }

    private Claim NewClaim(ClientConnection connection, in SeatClaim seat)
    {
        _preferred = seat.Server;
        return new Claim(connection, seat.Seat, seat.Word.Bits, seat.Server);
    }

    private async ValueTask<Claim> ClaimSlowlyAsync(SeatClaim? claimed, Deadline deadline, CancellationToken cancellationToken)
    {
        ulong? turn = null;
        while (true)
        {
            ObjectDisposedException.ThrowIf(_isLeft, typeof(RpcClient));
            var (seat, ticket) = claimed is { } given ? (given, given.Turn) : await WaitAsync(turn, deadline, cancellationToken).ConfigureAwait(false);
            claimed = null;
            turn = ticket;
            if (seat is { } place && await ConnectAsync(place, deadline, cancellationToken).ConfigureAwait(false) is { } connection)
            {
                return NewClaim(connection, place);
            }
        }
    }

    // Null if the server is gone, or about to go.
    private async ValueTask<ClientConnection?> ConnectAsync(SeatClaim seat, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!_links.TryGetValue(seat.Instance, out var link))
        {
            // A server that has not been met is a rare event, and time to let go of those that are no more.
            Prune(Registry.Instances().Contains);
            link = _links.GetOrAdd(seat.Instance, static _ => new ServerLink());
        }

        using var limit = Limit.Of(deadline, _options.TimeProvider, cancellationToken);
        try
        {
            return await link.ConnectAsync(token => OpenAsync(seat.Instance, token), limit.Token).ConfigureAwait(false);
        }
        catch (NoSuchChannelException)
        {
            // The seat goes with the server's row.
            Forget(seat.Instance);
            return null;
        }
        catch (Exception error)
        {
            Registry.Free(seat.Server, seat.Seat, seat.Word);
            if (error is NotBegunException)
            {
                return null;
            }

            if (error is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                throw new RpcTimeoutException($"A server of {_address} was free, but did not take the connection in time: it may have been stopped.");
            }

            throw;
        }
    }

    private async ValueTask<ClientConnection> OpenAsync(ulong instance, CancellationToken cancellationToken)
    {
        var channel = await SharedMessageListener.ConnectAsync(_address, instance, _options.MaxMessageSize, cancellationToken).ConfigureAwait(false);
        return await ClientConnection.OpenAsync(channel, _contract, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    private void Forget(ulong instance)
    {
        Registry.Sweep();
        var present = Registry.Instances();
        _gone = _gone.Append(instance).Where(present.Contains).ToHashSet();
        Prune(known => known != instance && present.Contains(known));
    }

    private void Prune(Predicate<ulong> isPresent)
    {
        foreach (var old in _links.Keys.Where(known => !isPresent(known)))
        {
            if (_links.TryRemove(old, out var link))
            {
                link.Retire();
            }
        }
    }
}
