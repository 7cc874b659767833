using System.Buffers;
using System.Globalization;
using System.Text;
using Connections.Snmp.Collection;

namespace Connections.Collector.Results;

/// <summary>Lines of CSV (RFC 4180) with headings. A request that failed has a line whose type is <c>error</c>.</summary>
internal sealed class CsvFormat : IRowFormat
{
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    public void WriteHeading(IBufferWriter<byte> output) => WriteLine(output, "request", "device", "at", "oid", "index", "type", "value", "rate");

    public void Write(IBufferWriter<byte> output, in CollectedRow row)
    {
        var (request, timestamp, _, index, varBind) = row.Row;
        WriteLine(
            output,
            request.Id,
            request.Target,
            TimeOf(timestamp),
            varBind.Oid.ToString(),
            index.ToString(),
            TypeNames.Of(varBind.Value.Type),
            varBind.Value.ToString(),
            row.Rate?.ToString(CultureInfo.InvariantCulture) ?? "");
    }

    public void Write(IBufferWriter<byte> output, BlockRequest ended, in RequestResult result)
    {
        foreach (var error in result.Errors)
        {
            WriteLine(output, ended.Id, ended.Target, TimeOf(result.StartedAt), "", "", "error", error.Message, "");
        }
    }

    private static string TimeOf(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static void WriteLine(IBufferWriter<byte> output, params ReadOnlySpan<string> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            Encoding.UTF8.GetBytes(Quote(fields[i]), output);
        }

        output.Write("\r\n"u8);
    }

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny(Special) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
