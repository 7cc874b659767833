using System.Diagnostics;
using Connections.Snmp.Protocol;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

// What comes from the network: responses, what only looks like them, and ICMP errors. All of it may be hostile.
public sealed partial class SnmpEngine
{
    // How soon an attempt counts as lost once its port was reported dead. The report is a hint only: an answer may still come.
    private const int UnreachablePatience = 100;

    // A flood must not keep the thread from its timers.
    private const int BatchesPerRound = 16;

    private readonly byte[] _refusedPacket = new byte[2_048];
    private long _receivedAt;

    private void Receive(EngineSocket socket, ReceiveBatch batch, long now)
    {
        for (var rest = BatchesPerRound; rest > 0; rest--)
        {
            var count = socket.Socket.Receive(batch);
            _receivedAt = Stopwatch.GetTimestamp();
            AdoptSubmitted(now);
            for (var i = 0; i < count; i++)
            {
                TraceReceived(socket, batch, i);
                OnDatagram(batch, i, now);
                TraceArrived();
            }

            if (count < batch.Capacity)
            {
                break;
            }
        }

        ReceiveLosses(socket, now);
        while (socket.Socket.TryReceiveError(_refusedPacket, out var error))
        {
            OnRefused(in error, now);
        }
    }

    private void OnDatagram(ReceiveBatch batch, int index, long now)
    {
        var datagram = batch.Datagram(index);
        SnmpMessageHeader header = default;
        _counters.BytesReceived += datagram.Length;
        var error = batch.IsTruncated(index) ? SnmpParseError.Truncated : SnmpMessageReader.TryRead(datagram, out header);
        if (error == SnmpParseError.UnsupportedVersion && header.Version == SnmpVersion.V3)
        {
            OnSecured(datagram, in batch.Peer(index), now);
            return;
        }

        if (error != SnmpParseError.None || header.PduType != PduType.Response)
        {
            _counters.Unparsable++;
            return;
        }

        var operation = FindInFlight(header.RequestId);
        if (operation is not { IsInCustody: true })
        {
            _counters.Late++;
        }
        else if (IsFromTarget(operation, in batch.Peer(index)) && IsOfTarget(operation, in header))
        {
            OnResponse(operation, in header, datagram.Length, now);
        }
        else
        {
            _counters.Foreign++;
        }
    }

    private static bool IsFromTarget(Operation operation, in DatagramEndPoint source)
    {
        var target = operation.Target;
        if (target.Address.Equals(source) || target.Options.Profile.AnswersFromOtherAddress)
        {
            return true;
        }

        operation.Hint.NoteOtherSource(source);
        return false;
    }

    private static bool IsOfTarget(Operation operation, in SnmpMessageHeader header)
    {
        var target = operation.Target;
        if (header.Version == target.Version && header.Community.SequenceEqual(target.Community))
        {
            return true;
        }

        operation.Hint.NoteOtherCommunity();
        return false;
    }

    private void OnResponse(Operation operation, in SnmpMessageHeader header, int octets, long now)
    {
        var outcome = operation.OnReply(in header);
        if (outcome == ReplyOutcome.Unparsable)
        {
            _counters.Unparsable++;
            operation.Hint.NoteUnparsable();
            return;
        }

        if (outcome == ReplyOutcome.BesideTheQuestion)
        {
            _counters.Foreign++;
            operation.Hint.NoteOtherObjects();
            return;
        }

        _counters.Responses++;
        operation.Device.NoteResponse(operation, header.RequestId, octets, now, _receivedAt);
        if (outcome == ReplyOutcome.Completed)
        {
            Finish(operation);
        }
        else
        {
            Continue(operation, now);
        }
    }

    /// <summary>Sends the operation's next request, under a key of its own: a duplicate of this reply must not answer it.</summary>
    private void Continue(Operation operation, long now)
    {
        Leave(operation);
        try
        {
            operation.PrepareNext(now);
            _counters.Requests++;
            operation.Device.Figures.Requests++;
            if (!operation.Device.HasWaiting && operation.User is not { IsReady: false } && TryStart(operation, now))
            {
                Send(operation);
            }
            else
            {
                Postpone(operation);
            }

            _wheel.Set(operation);
        }
        catch (SnmpException error)
        {
            Finish(operation, error);
        }
    }

    private void OnRefused(in DatagramError error, long now)
    {
        var packet = _refusedPacket.AsSpan(0, error.Length);
        if (!MessageId.TryRead(packet, out var requestId))
        {
            return;
        }

        var operation = FindInFlight(requestId);
        if (operation is not { IsInCustody: true } || !operation.Target.Address.Equals(error.Destination))
        {
            return;
        }

        operation.Hint.Note(error.Kind);
        if (error.Kind != DatagramErrorKind.PortUnreachable || !operation.IsLastAttempt(requestId))
        {
            return;
        }

        operation.DueAt = Math.Min(operation.DueAt, now + UnreachablePatience);
        _wheel.Set(operation);
    }
}
