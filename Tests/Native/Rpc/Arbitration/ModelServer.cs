using Connections.Native.Rpc.Arbitration;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>A server of a model.</summary>
internal sealed class ModelServer(ModelWorld world, ulong contract, int seats)
{
    private readonly ulong _identity = world.NewIdentity();
    private readonly Dictionary<int, SeatWord> _running = [];
    private Registry? _registry;
    private int _server;

    public bool IsAlive => world.IsAlive(_identity);

    public bool IsIn => IsAlive && _registry is not null;

    public bool IsIdle => _running.Count == 0;

    /// <summary>How often two calls ran on one seat.</summary>
    public int Overlaps { get; private set; }

    public void Die() => world.Kill(_identity);

    public void Join(bool isLockFree)
    {
        if (_registry is null && isLockFree)
        {
            var registry = new Registry(world.SeenBy(_identity));
            _server = registry.JoinAsServer(_identity, _identity, seats, [contract])!.Value;
            _registry = registry;
        }
    }

    /// <summary>Begins the call of a client, if the claim is one of this server.</summary>
    public bool Begin(SeatClaim claim)
    {
        if (!IsIn || claim.Instance != _identity)
        {
            return false;
        }

        if (_registry!.TryBegin(claim.Server, claim.Seat, claim.Word, out var running))
        {
            Overlaps += _running.TryAdd(claim.Seat, running) ? 0 : 1;
        }

        return true;
    }

    /// <summary>Whether a claim is one of this server's seats.</summary>
    public bool Owns(SeatClaim claim) => claim.Instance == _identity;

    /// <summary>Ends a call.</summary>
    public void End()
    {
        if (_running.Count > 0)
        {
            var (seat, word) = _running.First();
            _running.Remove(seat);
            _registry!.Free(_server, seat, word);
        }
    }

    public void Sweep() => _registry?.Sweep();

    /// <summary>How many of its seats are to be had.</summary>
    public int CountFree() => Enumerable.Range(0, seats)
        .Count(seat => new SeatWord(world.Peek(RegistryLayout.Seat(_server, seat))).State == SeatState.Free);

    public int Seats => seats;
}
