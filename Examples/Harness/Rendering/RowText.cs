using System.Buffers;
using System.Text;
using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Connections.Snmp.Mibs.Formatting;

namespace Connections.Harness.Rendering;

/// <summary>Collected rows as <c>walk</c> prints varbinds of several devices.</summary>
internal sealed class RowText : IRowFormat
{
    private readonly VarBindText _text = new();

    public void WriteHeading(IBufferWriter<byte> output)
    {
    }

    public void Write(IBufferWriter<byte> output, in CollectedRow row) =>
        Encoding.UTF8.GetBytes($"{row.Row.Request.Target}: {_text.Format(row.Row.VarBind)}\n", output);

    // Failures go to standard error.
    public void Write(IBufferWriter<byte> output, BlockRequest ended, in RequestResult result)
    {
    }
}
