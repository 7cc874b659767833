namespace Connections.Native.Rpc.Serialization;

/// <summary>The bytes that stand for a value, and what they lie in, if that is to be given back.</summary>
internal readonly struct EncodedBody(ReadOnlyMemory<byte> bytes, PooledOutput? output = null)
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public void Return() => output?.Return();
}
