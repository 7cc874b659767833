using Connections.Native.Rpc.Serialization;

namespace Connections.Native.Rpc;

/// <summary>A method of a service, as generated code describes it to both sides. Immutable.</summary>
/// <typeparam name="TArguments">All its arguments in one.</typeparam>
/// <typeparam name="TResult">Its result, or an element of its stream; an empty tuple if there is none.</typeparam>
/// <param name="name">The service and the method, for messages.</param>
/// <param name="id">What it is called by.</param>
/// <param name="isIdempotent">Whether it may run twice without harm.</param>
/// <param name="arguments">How the arguments travel.</param>
/// <param name="result">How the result travels.</param>
public sealed class RpcMethod<TArguments, TResult>(
    string name, uint id, bool isIdempotent, RpcFormat<TArguments> arguments, RpcFormat<TResult> result)
{
    /// <summary>The service and the method.</summary>
    public string Name => name;

    /// <summary>What it is called by.</summary>
    public uint Id => id;

    /// <summary>Whether it may run twice without harm.</summary>
    public bool IsIdempotent => isIdempotent;

    internal RpcFormat<TArguments> Arguments => arguments;

    internal RpcFormat<TResult> Result => result;
}
