using Connections.Native.Rpc;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A server of a service, as its users have it.</summary>
internal sealed class RpcEcho(string address) : EchoSide
{
    private readonly RpcServer _server = RpcServer.StartAsync(address, new RpcServices().Add<IEchoService>(new EchoService())).AsTask().GetAwaiter().GetResult();

    public override string Place => _server.Address.ToString();

    // It has threads of its own.
    public override void Run()
    {
    }

    public override void Dispose()
    {
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        base.Dispose();
    }
}
