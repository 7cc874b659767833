using System.Net;
using System.Runtime.CompilerServices;
using Connections.Snmp.Engine.Tracing;
using Connections.Snmp.Protocol;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

// Traces of single devices. While there is none, each datagram costs one look at a field.
public sealed partial class SnmpEngine
{
    // What a datagram says is known only once it is decrypted, so that it waits here until it has been worked on.
    private readonly List<(SnmpTrace Trace, SnmpDatagram Datagram)> _arrived = [];

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
            Catch(traces, operation);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TraceReceived(EngineSocket socket, ReceiveBatch batch, int index)
    {
        if (_traces is { } traces)
        {
            Catch(traces, socket, batch, index);
        }
    }

    /// <summary>Tells the text of a message that was just received and decrypted. On the I/O thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TraceDecrypted(in ScopedPdu scoped)
    {
        if (_arrived.Count > 0)
        {
            var text = DatagramSummary.Of(in scoped);
            _arrived.ForEach(arrived => arrived.Datagram.Decrypted = text);
        }
    }

    /// <summary>Hands over what was just received, before anything that is sent because of it. On the I/O thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void TraceArrived()
    {
        if (_arrived.Count > 0)
        {
            _arrived.ForEach(static arrived => arrived.Trace.Add(arrived.Datagram));
            _arrived.Clear();
        }
    }

    private static void Catch(Dictionary<DatagramEndPoint, SnmpTrace[]> traces, Operation operation)
    {
        if (!traces.TryGetValue(operation.Target.Address, out var interested))
        {
            return;
        }

        foreach (var trace in interested)
        {
            var datagram = trace.Catch(isSent: true, operation.Socket.Socket.LocalEndPoint, operation.Packet);
            datagram.Decrypted = operation.User is null ? null : operation.ToString();
            trace.Add(datagram);
        }
    }

    private void Catch(Dictionary<DatagramEndPoint, SnmpTrace[]> traces, EngineSocket socket, ReceiveBatch batch, int index)
    {
        if (traces.TryGetValue(batch.Peer(index), out var interested))
        {
            foreach (var trace in interested)
            {
                _arrived.Add((trace, trace.Catch(isSent: false, socket.Socket.LocalEndPoint, batch.Datagram(index))));
            }
        }
    }
}
