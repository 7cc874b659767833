using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Results;

/// <summary>An object a line. Octets are text where they are printable, as everywhere in <c>connections</c>.</summary>
internal sealed class JsonLinesFormat : IRowFormat, IDisposable
{
    private readonly Utf8JsonWriter _json = new(new ArrayBufferWriter<byte>(), new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public void WriteHeading(IBufferWriter<byte> output)
    {
    }

    public void Write(IBufferWriter<byte> output, in CollectedRow row)
    {
        var (request, timestamp, _, index, varBind) = row.Row;
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("request"u8, request.Id);
        _json.WriteString("device"u8, request.Target);
        _json.WriteString("at"u8, timestamp);
        _json.WriteString("oid"u8, varBind.Oid.ToString());
        _json.WriteString("index"u8, index.ToString());
        _json.WriteString("type"u8, TypeNames.Of(varBind.Value.Type));
        WriteValue(varBind.Value);
        if (row.Rate is { } rate)
        {
            _json.WriteNumber("rate"u8, rate);
        }

        EndLine(output);
    }

    public void Write(IBufferWriter<byte> output, BlockRequest ended, in RequestResult result)
    {
        _json.Reset(output);
        _json.WriteStartObject();
        _json.WriteString("request"u8, ended.Id);
        _json.WriteString("device"u8, ended.Target);
        _json.WriteString("at"u8, result.StartedAt);
        _json.WriteString("outcome"u8, JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()));
        _json.WriteNumber("records"u8, result.Records);
        _json.WriteNumber("ms"u8, Math.Round(result.Elapsed.TotalMilliseconds, 3));
        WriteErrors(result.Errors);
        EndLine(output);
    }

    public void Dispose() => _json.Dispose();

    private void WriteValue(in SnmpValue value)
    {
        switch (value.Type)
        {
            case SnmpType.Integer32:
                _json.WriteNumber("value"u8, value.ToInt64());
                break;
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64:
                _json.WriteNumber("value"u8, value.ToUInt64());
                break;
            case SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                _json.WriteNull("value"u8);
                break;
            default:
                _json.WriteString("value"u8, value.ToString());
                break;
        }
    }

    private void WriteErrors(IReadOnlyList<CollectError> errors)
    {
        if (errors.Count > 0)
        {
            _json.WriteStartArray("errors"u8);
            foreach (var error in errors)
            {
                _json.WriteStringValue(error.Message);
            }

            _json.WriteEndArray();
        }
    }

    private void EndLine(IBufferWriter<byte> output)
    {
        _json.WriteEndObject();
        _json.Flush();
        output.Write("\n"u8);
    }
}
