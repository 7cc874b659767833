namespace Connections.Native.Rpc.Calls;

/// <summary>How a client comes by a server that is free for its calls of one contract.</summary>
internal interface IRoute : IAsyncDisposable
{
    /// <summary>Waits for a server that is free. The claim is used up by a call that is sent, or given back.</summary>
    /// <exception cref="NoServerException">None serves the address.</exception>
    /// <exception cref="ServiceMismatchException">None serves the contract.</exception>
    /// <exception cref="RpcTimeoutException">None was free in time.</exception>
    ValueTask<Claim> ClaimAsync(Deadline deadline, CancellationToken cancellationToken);

    /// <summary>Gives back a claim for which nothing was sent.</summary>
    void GiveBack(in Claim claim);
}
