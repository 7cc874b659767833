using Connections.Native.Rpc.Arbitration;
using Connections.Native.Rpc.Wire;
using Connections.Native.Sync;

namespace Connections.Native.Rpc.Serving;

/// <summary>Lets calls begin whose clients have claimed a seat, and so have waited for it before they called.</summary>
internal sealed class SeatAdmission : IAdmission
{
    private readonly SharedRegistry _registry;
    private readonly int _server;
    private readonly SeatWord[] _running;

    public SeatAdmission(string name, ulong instance, RpcServices services, int concurrentCalls)
    {
        var contracts = services.Contracts.Select(ContractWord.Of).ToList();
        _running = new SeatWord[concurrentCalls];
        _registry = SharedRegistry.Open(
            name,
            (instance, concurrentCalls, contracts),
            static (registry, state) => registry.JoinAsServer(PackedIdentity.Current, state.instance, state.concurrentCalls, state.contracts),
            out _server);
    }

    public ValueTask<bool> EnterAsync(Frame call, CancellationToken cancellationToken)
    {
        if (call.Seat >= (uint)_running.Length || !_registry.Protocol.TryBegin(_server, (int)call.Seat, new SeatWord(call.Claim), out var running))
        {
            return new ValueTask<bool>(false);
        }

        // Not before: another call may run on that seat.
        _running[call.Seat] = running;
        return new ValueTask<bool>(true);
    }

    public void Leave(Frame call)
    {
        _registry.Protocol.CountServed(_server);
        _registry.Protocol.Free(_server, (int)call.Seat, _running[call.Seat]);
    }

    public void Close() => _registry.Protocol.Close(_server);

    public ValueTask DisposeAsync()
    {
        _registry.Leave(registry => registry.LeaveAsServer(_server));
        return ValueTask.CompletedTask;
    }
}
