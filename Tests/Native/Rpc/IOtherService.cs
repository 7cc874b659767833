using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary>A service that no test serves.</summary>
[RpcService]
public interface IOtherService
{
    Task RunAsync();
}
