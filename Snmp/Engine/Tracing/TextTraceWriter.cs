namespace Connections.Snmp.Engine.Tracing;

/// <summary>Writes a trace as text, a line for each datagram, as <see cref="SnmpDatagram.ToString"/> has it: communities are masked. Thread-safe.</summary>
public sealed class TextTraceWriter : ISnmpTraceSink
{
    private readonly Lock _gate = new();
    private readonly TextWriter _writer;

    /// <summary>Writes to anything.</summary>
    /// <param name="writer">It is not disposed.</param>
    public TextTraceWriter(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        _writer = writer;
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(SnmpDatagram datagram)
    {
        ArgumentNullException.ThrowIfNull(datagram);
        lock (_gate)
        {
            _writer.WriteLine(datagram);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync()
    {
        lock (_gate)
        {
            _writer.Flush();
        }

        return ValueTask.CompletedTask;
    }
}
