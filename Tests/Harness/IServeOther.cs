using Connections.Native.Rpc;

namespace Connections.Harness.Tests;

/// <summary>A service that nobody serves.</summary>
[RpcService]
public interface IServeOther
{
    Task DoAsync(CancellationToken cancellationToken = default);
}
