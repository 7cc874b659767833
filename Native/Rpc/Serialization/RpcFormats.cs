using System.Text.Json.Serialization;

namespace Connections.Native.Rpc.Serialization;

/// <summary>The formats that generated code uses.</summary>
public static class RpcFormats
{
    /// <summary>Nothing at all.</summary>
    public static RpcFormat<ValueTuple> Nothing { get; } = new NothingFormat();

    /// <summary>The bytes as they are, in an array of the receiver's own.</summary>
    public static RpcFormat<byte[]> Bytes { get; } = new RawFormat<byte[]>(static bytes => bytes, static (body, _) => body.ToArray());

    /// <summary>The bytes as they are; lent to an implementation until its task has ended.</summary>
    public static RpcFormat<ReadOnlyMemory<byte>> Memory { get; } =
        new RawFormat<ReadOnlyMemory<byte>>(static bytes => bytes, static (body, isLent) => isLent ? body : body.ToArray());

    /// <summary>One value as JSON.</summary>
    /// <param name="context">What knows the type; null if it is a simple one.</param>
    public static RpcFormat<T> Json<T>(JsonSerializerContext? context) => new JsonFormat<T>(context);

    /// <summary>Several values as a JSON array.</summary>
    /// <param name="context">What knows their types; null if they are simple ones.</param>
    /// <param name="write">Adds them one by one.</param>
    /// <param name="read">Takes them one by one.</param>
    public static RpcFormat<T> JsonArguments<T>(JsonSerializerContext? context, RpcJsonWrite<T> write, RpcJsonRead<T> read) =>
        new JsonArgumentsFormat<T>(context, write, read);
}
