namespace Connections.Native.Rpc;

/// <summary>Hands the calls of a service to its implementation. The generator derives from it.</summary>
public abstract class RpcDispatcher
{
    /// <summary>Hands on one call.</summary>
    /// <param name="method">The method's id.</param>
    /// <param name="call">The call, which takes the answer.</param>
    /// <returns>When it is answered; or, at once, <see cref="RpcCall.RefuseAsync()"/> for an id that is none of the service's.</returns>
    public abstract ValueTask DispatchAsync(uint method, RpcCall call);
}
