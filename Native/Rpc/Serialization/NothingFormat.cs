namespace Connections.Native.Rpc.Serialization;

/// <summary>No bytes: for methods without arguments or result.</summary>
internal sealed class NothingFormat : RpcFormat<ValueTuple>
{
    internal override EncodedBody Encode(ValueTuple value) => default;

    // A newer contract may send more than this side knows of.
    internal override ValueTuple Decode(ReadOnlyMemory<byte> body, bool isLent) => default;
}
