using System.Collections.Concurrent;
using Connections.Snmp.Engine.Tracing;

namespace Connections.Snmp.Tests.Engine.Tracing;

/// <summary>Keeps what it is given.</summary>
internal sealed class CollectingSink : ISnmpTraceSink
{
    private readonly ConcurrentQueue<SnmpDatagram> _datagrams = new();

    internal IReadOnlyList<SnmpDatagram> Datagrams => [.. _datagrams];

    public ValueTask WriteAsync(SnmpDatagram datagram)
    {
        _datagrams.Enqueue(datagram);
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync() => ValueTask.CompletedTask;
}
