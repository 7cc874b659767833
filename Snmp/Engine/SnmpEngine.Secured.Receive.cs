using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

// Messages of SNMPv3: found by msgID, judged by the user's session, and answered by another sending or by a result.
public sealed partial class SnmpEngine
{
    private readonly byte[] _plain = new byte[ReceiveBatch.LargestDatagram];

    private void OnSecured(ReadOnlySpan<byte> datagram, in DatagramEndPoint source, long now)
    {
        if (SecuredMessageReader.TryRead(datagram, out var message) != SnmpParseError.None)
        {
            _counters.Unparsable++;
            return;
        }

        var operation = FindInFlight(message.MessageId);
        if (operation is not { IsInCustody: true })
        {
            _counters.Late++;
            return;
        }

        if (!IsFromTarget(operation, in source) || operation.User is not { } user)
        {
            _counters.Foreign++;
            return;
        }

        var outcome = user.Session.Process(in message, _plain, out var scoped, operation.IsOutdated(message.MessageId));
        if (outcome == UsmOutcome.Accepted)
        {
            TraceDecrypted(in scoped);
            OnAccepted(operation, in message, in scoped, datagram.Length, now);
        }
        else
        {
            OnRefusal(operation, outcome, now);
        }
    }

    private void OnAccepted(Operation operation, in SecuredMessage message, in ScopedPdu scoped, int octets, long now)
    {
        if (scoped.Header.PduType != PduType.Response || scoped.Header.RequestId != operation.RequestIdOf(message.MessageId) || operation.IsDiscovering)
        {
            _counters.Unparsable++;
            operation.Hint.NoteUnparsable();
            return;
        }

        OnResponse(operation, in scoped.Header, octets, now);
    }

    private void OnRefusal(Operation operation, UsmOutcome outcome, long now)
    {
        switch (outcome.Action())
        {
            case UsmAction.SendAgain:
                _counters.Reports++;
                operation.Device.NoteAnswer(now);
                if (outcome == UsmOutcome.TimeSteppedBack)
                {
                    EngineLog.SteppedBack(_options.Logger, operation.Target);
                }

                if (outcome != UsmOutcome.Outdated || operation.IsLastOutdated)
                {
                    SendAnew(operation, now);
                }

                break;

            case UsmAction.Fail:
                _counters.Reports++;
                operation.Device.NoteAnswer(now);
                Finish(operation, SnmpAuthenticationException.From(operation.Target, outcome));
                break;

            default:
                _counters.Foreign++;
                operation.Hint.Note(outcome);
                break;
        }
    }
}
