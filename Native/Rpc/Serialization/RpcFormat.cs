namespace Connections.Native.Rpc.Serialization;

/// <summary>How values of a type become bytes and come back. See <see cref="RpcFormats"/>.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class RpcFormat<T>
{
    private protected RpcFormat()
    {
    }

    /// <summary>The bytes of a value; they may be the value's own, so it must not change while they are used.</summary>
    internal abstract EncodedBody Encode(T value);

    /// <summary>The value of some bytes.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="isLent">Whether the value may refer to them, since it is not used for longer than they last.</param>
    internal abstract T Decode(ReadOnlyMemory<byte> body, bool isLent);
}
