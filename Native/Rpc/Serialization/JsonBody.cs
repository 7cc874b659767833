using System.Text.Json;

namespace Connections.Native.Rpc.Serialization;

/// <summary>Writes JSON into pooled memory.</summary>
internal static class JsonBody
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>Writes what <paramref name="write"/> writes.</summary>
    public static EncodedBody Write<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var output = PooledOutput.Rent();
        // Taken, since a converter of the user might come here again in the middle.
        var writer = Interlocked.Exchange(ref _writer, null) ?? new Utf8JsonWriter(Stream.Null);
        try
        {
            writer.Reset(output);
            write(writer, state);
            writer.Flush();
            return new EncodedBody(output.Written, output);
        }
        catch
        {
            output.Return();
            throw;
        }
        finally
        {
            writer.Reset(Stream.Null);
            _writer = writer;
        }
    }
}
