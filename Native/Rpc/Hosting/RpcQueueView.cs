using Connections.Native.Rpc.Arbitration;
using Connections.Native.Sync;

namespace Connections.Native.Rpc.Hosting;

/// <summary>Looks at who serves and who waits at an address in shared memory, without calling anybody. Thread-safe.</summary>
public sealed class RpcQueueView : IDisposable
{
    private readonly SharedRegistry _registry;
    private readonly int _client;
    private int _isDisposed;

    /// <summary>Begins to look; the address need not be served yet.</summary>
    /// <param name="address"><c>shm://name</c>.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    /// <exception cref="ArgumentException">The address is not in shared memory.</exception>
    /// <exception cref="SharedMemory.SharedMemoryException">Shared memory cannot be had, or too many call there already.</exception>
    public RpcQueueView(string address)
    {
        var name = RpcAddress.Parse(address).Name
            ?? throw new ArgumentException($"Who waits at {address} is known to its server alone; only addresses of shared memory can be looked at.", nameof(address));
        _registry = SharedRegistry.Open(name, 0, static (registry, _) => registry.JoinAsClient(PackedIdentity.Current), out _client);
    }

    /// <summary>How it stands at this moment; what the dead have left is taken back first.</summary>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public RpcQueueStatus Look()
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        _registry.Protocol.Sweep();
        return new RpcQueueStatus(Registry.CountWaiting(_registry.Read), Count(static _ => true), Count(static seat => seat.State is not (SeatState.Free or SeatState.Closed)))
        {
            Served = (long)_registry.Protocol.Served,
        };
    }

    /// <summary>Whether a server serves a contract at this moment.</summary>
    internal bool Serves(RpcContract contract) => _registry.Protocol.Find(ContractWord.Of(contract)).Versions.Contains(contract.Version);

    /// <summary>Ends looking; the last participant of an address removes it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            _registry.Leave(registry => registry.LeaveAsClient(_client));
        }
    }

    private int Count(Func<SeatWord, bool> isCounted)
    {
        var count = 0;
        for (var server = 0; server < RegistryLayout.MostServers; server++)
        {
            var capacity = Math.Min(_registry.Read(RegistryLayout.Capacity(server)), RegistryLayout.MostSeats);
            if (_registry.Read(RegistryLayout.Server(server)) == 0)
            {
                continue;
            }

            for (var seat = 0; seat < (int)capacity; seat++)
            {
                count += isCounted(new SeatWord(_registry.Read(RegistryLayout.Seat(server, seat)))) ? 1 : 0;
            }
        }

        return count;
    }
}
