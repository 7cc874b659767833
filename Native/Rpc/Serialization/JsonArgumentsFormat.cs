using System.Text.Json.Serialization;

namespace Connections.Native.Rpc.Serialization;

/// <summary>Several values as a JSON array.</summary>
internal sealed class JsonArgumentsFormat<T>(JsonSerializerContext? context, RpcJsonWrite<T> write, RpcJsonRead<T> read) : RpcFormat<T>
{
    internal override EncodedBody Encode(T value) => JsonBody.Write(
        (context, write, value),
        static (writer, state) =>
        {
            writer.WriteStartArray();
            state.write(new RpcJsonOutput(writer, state.context), state.value);
            writer.WriteEndArray();
        });

    internal override T Decode(ReadOnlyMemory<byte> body, bool isLent)
    {
        var input = new RpcJsonInput(body.Span, context);
        return read(ref input);
    }
}
