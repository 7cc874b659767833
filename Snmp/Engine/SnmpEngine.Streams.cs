using System.Net;
using Connections.Snmp.Transport;
using Connections.Snmp.Transport.Streams;

namespace Connections.Snmp.Engine;

// TCP (RFC 3430). A connection loses nothing while it lasts, so that an attempt waits for all the time that its request has left, and the next one begins
// when the connection is lost; what is sent then makes a new one.
public sealed partial class SnmpEngine
{
    private EngineSocket CreateSocket(IPAddress source, SnmpTransport transport) => new(
        source,
        transport,
        transport == SnmpTransport.Tcp
            ? new StreamSocket(source, () => _poller!.Wake(), _options.Streams)
            : DatagramTransport.Open(new DatagramSocketOptions
            {
                LocalEndPoint = new IPEndPoint(source, 0),
                ReceiveBufferSize = _options.ReceiveBufferSize,
                ReportsErrors = true,
                Portable = _options.PortableTransport,
            }),
        _options.MaxInFlight);

    private void ReceiveLosses(EngineSocket socket, long now)
    {
        if (socket.Streams is not { } streams)
        {
            return;
        }

        while (streams.TryReceiveLoss(out var loss))
        {
            // Whatever was given to the connection before it ended is here from now on.
            AdoptSubmitted(now);
            OnLost(in loss, now);
        }
    }

    private void OnLost(in StreamLoss loss, long now)
    {
        foreach (var id in loss.MessageIds)
        {
            var operation = FindInFlight(id);
            if (operation is not { IsInCustody: true } || operation.Socket.Streams is null || !operation.IsLastAttempt(id)
                || !operation.Target.Address.Equals(loss.Peer))
            {
                continue;
            }

            // One that cannot be made now is not tried again at once.
            operation.IsLost = true;
            operation.Hint.Note(loss.Kind);
            var pause = loss.Kind is DatagramErrorKind.ConnectionLost or DatagramErrorKind.NoMessage ? 0 : UnreachablePatience;
            operation.DueAt = Math.Min(operation.DueAt, now + pause);
            _wheel.Set(operation);
        }
    }

    /// <summary>A connection that brought no answer in all the time of a request may be stuck: the next request gets a new one.</summary>
    private static void DropSilentStream(Operation operation)
    {
        if (operation.Socket.Streams is { } streams && !operation.Device.HasAnsweredSince(operation.StartedAt))
        {
            streams.Drop(in operation.Target.Address);
        }
    }
}
