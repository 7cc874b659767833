using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Native.Rpc.Serialization;

/// <summary>One value as JSON.</summary>
internal sealed class JsonFormat<T>(JsonSerializerContext? context) : RpcFormat<T>
{
    internal override EncodedBody Encode(T value) =>
        JsonBody.Write((context, value), static (writer, state) => JsonSerializer.Serialize(writer, state.value, JsonTypes.Of<T>(state.context)));

    internal override T Decode(ReadOnlyMemory<byte> body, bool isLent) => JsonSerializer.Deserialize(body.Span, JsonTypes.Of<T>(context))!;
}
