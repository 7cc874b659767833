using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary>The next version of <see cref="IWorkbench"/>.</summary>
[RpcService(Name = "workbench", Version = 2)]
public interface INewerWorkbench
{
    Task<int> AddAsync(int x, int y);
}
