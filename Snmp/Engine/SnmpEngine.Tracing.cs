using System.Net;
using System.Runtime.CompilerServices;
using Connections.Snmp.Engine.Tracing;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

// Traces of single devices. While there is none, each datagram costs one look at a field.
public sealed partial class SnmpEngine
{
    // Replaced as a whole, so that any thread reads it without a lock.
    private volatile Dictionary<DatagramEndPoint, SnmpTrace[]>? _traces;

    /// <summary>
    /// Begins to trace a device: every datagram that this engine sends there, retransmissions included, and every one that comes from there, whatever it is.
    /// A device may have several traces.
    /// </summary>
    /// <param name="device">Where the device is.</param>
    /// <param name="sink">What takes the datagrams: a file (<see cref="SnmpTraceFile"/>), or a class of one's own.</param>
    /// <returns>The trace; disposing it ends it.</returns>
    public SnmpTrace StartTrace(IPEndPoint device, ISnmpTraceSink sink)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(sink);
        var trace = new SnmpTrace(this, device, sink, TimeProvider.System);
        ChangeTraces(trace.Address, traces => [.. traces, trace]);
        return trace;
    }

    internal void EndTrace(SnmpTrace trace) =>
        ChangeTraces(trace.Address, traces => [.. traces.Where(other => other != trace)]);

    internal void NoteTraceFailed(SnmpTrace trace, Exception error) => EngineLog.TraceFailed(_options.Logger, trace.Device, error);

    private void ChangeTraces(DatagramEndPoint device, Func<SnmpTrace[], SnmpTrace[]> change)
    {
        lock (_gate)
        {
            var traces = _traces is { } present ? new Dictionary<DatagramEndPoint, SnmpTrace[]>(present) : [];
            var changed = change(traces.GetValueOrDefault(device, []));
            if (changed.Length > 0)
            {
                traces[device] = changed;
            }
            else
            {
                traces.Remove(device);
            }

            _traces = traces.Count > 0 ? traces : null;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TraceSent(Operation operation)
    {
        if (_traces is { } traces)
        {
            Trace(traces, isSent: true, in operation.Target.Address, operation.Socket, operation.Packet);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TraceReceived(EngineSocket socket, ReceiveBatch batch, int index)
    {
        if (_traces is { } traces)
        {
            Trace(traces, isSent: false, in batch.Peer(index), socket, batch.Datagram(index));
        }
    }

    private static void Trace(
        Dictionary<DatagramEndPoint, SnmpTrace[]> traces, bool isSent, in DatagramEndPoint device, EngineSocket socket, ReadOnlySpan<byte> octets)
    {
        if (traces.TryGetValue(device, out var interested))
        {
            foreach (var trace in interested)
            {
                trace.Add(isSent, socket.Socket.LocalEndPoint, octets);
            }
        }
    }
}
