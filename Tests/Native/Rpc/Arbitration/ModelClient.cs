using Connections.Native.Rpc.Arbitration;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>A client of a model: one call at a time, from claim or ticket to the server.</summary>
internal sealed class ModelClient(ModelWorld world)
{
    private static readonly HashSet<ulong> None = [];

    private readonly ulong _identity = world.NewIdentity();
    private Registry? _registry;
    private int _client;
    private ulong? _ticket;

    public bool IsAlive => world.IsAlive(_identity);

    /// <summary>The place that it has claimed and not used.</summary>
    public SeatClaim? Claim { get; private set; }

    /// <summary>Whether it has nothing to do with anybody.</summary>
    public bool IsIdle => _ticket is null && Claim is null;

    public void Die() => world.Kill(_identity);

    /// <summary>Does what comes next.</summary>
    /// <param name="isLockFree">Whether the lock is to be had.</param>
    /// <param name="contract">What it wants.</param>
    /// <param name="wants">Whether it wants anything at all, and does not rather give up.</param>
    public void Act(bool isLockFree, ulong contract, bool wants)
    {
        if (_registry is null)
        {
            Join(isLockFree);
        }
        else if (Claim is { } claim)
        {
            GiveUp(claim, wants);
        }
        else if (_ticket is { } ticket)
        {
            Wait(ticket, wants);
        }
        else if (wants)
        {
            Claim = _registry.TryClaim(_client, contract, 0, None);
            if (Claim is null && isLockFree)
            {
                _ticket = _registry.Enqueue(_client, contract);
            }
        }
    }

    /// <summary>Its claim was taken over by the server.</summary>
    public void Used() => Claim = null;

    private void Join(bool isLockFree)
    {
        if (isLockFree)
        {
            var registry = new Registry(world.SeenBy(_identity));
            _client = registry.JoinAsClient(_identity)!.Value;
            _registry = registry;
        }
    }

    private void Wait(ulong ticket, bool wants)
    {
        if (!wants)
        {
            _ticket = null;
            _registry!.Withdraw(_client, ticket);
        }
        else if (_registry!.TryCollect(_client, ticket, out var given))
        {
            Claim = given;
            _ticket = null;
        }
    }

    private void GiveUp(SeatClaim claim, bool wants)
    {
        if (!wants)
        {
            Claim = null;
            _registry!.Free(claim.Server, claim.Seat, claim.Word);
        }
    }
}
