using Connections.Native.Rpc;
using Connections.Native.Rpc.Calls;

namespace Connections.Native.Tests.Rpc.Hostility;

/// <summary>A server that is reached by one connection, and is gone with it.</summary>
internal sealed class OneConnection(ClientConnection connection) : IRoute
{
    public ValueTask<Claim> ClaimAsync(Deadline deadline, CancellationToken cancellationToken) => connection.IsUsable
        ? new(new Claim(connection, 0, 0, 0))
        : throw new NoServerException("The connection has ended.");

    public void GiveBack(in Claim claim) => connection.Retire();

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
