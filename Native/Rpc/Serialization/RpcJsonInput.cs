using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Native.Rpc.Serialization;

/// <summary>Takes the arguments of a call from it.</summary>
/// <param name="input">Where from.</param>
public delegate T RpcJsonRead<T>(ref RpcJsonInput input);

/// <summary>A JSON array of a call's arguments that is being read. For generated code.</summary>
public ref struct RpcJsonInput
{
    private readonly JsonSerializerContext? _context;
    private Utf8JsonReader _reader;

    internal RpcJsonInput(ReadOnlySpan<byte> json, JsonSerializerContext? context)
    {
        _reader = new Utf8JsonReader(json);
        _context = context;
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The arguments are not a JSON array.");
        }
    }

    /// <summary>Takes the next argument.</summary>
    /// <exception cref="JsonException">There is none, or it is of another type.</exception>
    public T Next<T>()
    {
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            throw new JsonException("There are fewer arguments than the method takes.");
        }

        return JsonSerializer.Deserialize(ref _reader, JsonTypes.Of<T>(_context))!;
    }
}
