using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Engine;

/// <summary>
/// What the engine keeps of one agent that speaks SNMPv3, at one address: two agents with one engine ID have two. All its users share it, and so
/// they share its discovery: one request asks for the engine's name, and the others wait here. The I/O thread alone changes it.
/// </summary>
internal sealed class SecuredPeer
{
    private readonly Queue<(Operation Operation, int Incarnation)> _heldBack = new();

    /// <param name="engineId">The engine's name where it was given; otherwise it is discovered.</param>
    internal SecuredPeer(SnmpEngineId engineId)
    {
        GivenEngineId = engineId;
        if (!engineId.IsEmpty)
        {
            Usm.Rename(engineId);
        }
    }

    internal UsmPeer Usm { get; } = new(TimeProvider.System);

    internal SnmpEngineId GivenEngineId { get; }

    /// <summary>Whether a request is on its way that asks for the engine's name.</summary>
    internal bool IsDiscovering { get; set; }

    internal bool HasHeldBack => _heldBack.Count > 0;

    internal void HoldBack(Operation operation) => _heldBack.Enqueue((operation, operation.Incarnation));

    /// <summary>Takes the next of those held back; the operation is <see langword="null"/> if it has ended meanwhile.</summary>
    internal bool TryRelease(out Operation? operation)
    {
        var isAny = _heldBack.TryDequeue(out var first);
        operation = isAny && first.Operation.Waits(first.Incarnation) ? first.Operation : null;
        return isAny;
    }

    internal IEnumerable<Operation> AllHeldBack() => _heldBack.Select(static entry => entry.Operation);
}
