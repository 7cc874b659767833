using Connections.Native.Rpc;

namespace Connections.Harness.Tests.Readme;

[RpcService]
public interface IPowerSupply
{
    Task<double> MeasureAsync(int channel, CancellationToken cancellationToken = default);
}
