namespace Connections.Snmp.Engine.Tracing;

/// <summary>
/// Where a trace goes. One datagram is handed over at a time, never on the engine's own thread; while a sink is slow, the trace keeps some thousand datagrams
/// and then leaves out further ones. What a sink throws ends its trace and nothing else.
/// </summary>
public interface ISnmpTraceSink
{
    /// <summary>Takes a datagram.</summary>
    ValueTask WriteAsync(SnmpDatagram datagram);

    /// <summary>Nothing more is waiting just now: what was taken may be written out.</summary>
    ValueTask FlushAsync();
}
