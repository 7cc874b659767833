using System.Text.Json;
using System.Text.Json.Serialization;

namespace Connections.Native.Rpc.Serialization;

/// <summary>Adds the arguments of a call to it.</summary>
/// <param name="output">Where to.</param>
/// <param name="arguments">The arguments.</param>
public delegate void RpcJsonWrite<T>(RpcJsonOutput output, T arguments);

/// <summary>A JSON array of a call's arguments that is being written. For generated code.</summary>
public readonly ref struct RpcJsonOutput
{
    private readonly Utf8JsonWriter _writer;
    private readonly JsonSerializerContext? _context;

    internal RpcJsonOutput(Utf8JsonWriter writer, JsonSerializerContext? context)
    {
        _writer = writer;
        _context = context;
    }

    /// <summary>Adds the next argument.</summary>
    public void Add<T>(T value) => JsonSerializer.Serialize(_writer, value, JsonTypes.Of<T>(_context));
}
