using System.Buffers;
using System.Text;
using Connections.Collector.Results;
using Connections.Snmp.Collection;

namespace Connections.Harness.Rendering;

/// <summary>Collected rows as <c>walk</c> prints varbinds of several devices.</summary>
internal sealed class RowText : IRowFormat
{
    public void WriteHeading(IBufferWriter<byte> output)
    {
    }

    public void Write(IBufferWriter<byte> output, in CollectedRow row) =>
        Encoding.UTF8.GetBytes($"{row.Row.Request.Target}: {row.Row.VarBind.Oid} = {ValueText.Of(row.Row.VarBind.Value)}\n", output);

    // Failures go to standard error.
    public void Write(IBufferWriter<byte> output, BlockRequest ended, in RequestResult result)
    {
    }
}
