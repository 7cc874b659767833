using System.Buffers;
using Connections.Snmp.Collection;

namespace Connections.Collector.Results;

/// <summary>How rows, and ends of requests that failed, look as lines of text.</summary>
internal interface IRowFormat
{
    /// <summary>What the file begins with.</summary>
    void WriteHeading(IBufferWriter<byte> output);

    void Write(IBufferWriter<byte> output, in CollectedRow row);

    /// <summary>Tells how a request ended.</summary>
    void Write(IBufferWriter<byte> output, BlockRequest ended, in RequestResult result);
}
