namespace Connections.Native.Rpc.Serialization;

/// <summary>Bytes as they are.</summary>
internal sealed class RawFormat<T>(Func<T, ReadOnlyMemory<byte>> encode, Func<ReadOnlyMemory<byte>, bool, T> decode) : RpcFormat<T>
{
    internal override EncodedBody Encode(T value) => new(encode(value));

    internal override T Decode(ReadOnlyMemory<byte> body, bool isLent) => decode(body, isLent);
}
