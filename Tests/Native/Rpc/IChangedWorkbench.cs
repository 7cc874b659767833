using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary><see cref="IWorkbench"/> as somebody has changed it without another version.</summary>
[RpcService(Name = "workbench")]
public interface IChangedWorkbench
{
    Task<int> AddAsync(string x);
}
