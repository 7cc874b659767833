using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

// What a request of SNMPv3 has besides. It is written for each sending anew, since msgID, time and salt change (RFC 3414 section 3.1), and by whoever
// sends it. Until the engine's name is known, what is sent in its place asks for that.
internal abstract partial class Operation
{
    // An agent that refuses, and tells why, costs no attempt; one that goes on doing so is left to the timer.
    private const int MostSendingsAnew = 8;

    private UsmSession? _pen;
    private int _writtenWith;
    private int _writtenSince;
    private int _sendingsAnew;

    /// <summary>The user in whose name it is asked, and what the engine keeps of it; <see langword="null"/> below SNMPv3.</summary>
    internal SecuredUser? User { get; private set; }

    /// <summary>Whether the packet under way asks for the engine's name.</summary>
    internal bool IsDiscovering { get; private set; }

    /// <summary>Whether every id that belongs to <see cref="Key"/> was used: the next packet needs another key.</summary>
    internal bool HasUsedUpIds => _sendings >= RequestId.Attempts;

    private int LargestForDevice => User is null ? SendBatch.LargestDatagram : Math.Min(SendBatch.LargestDatagram, User.Peer.Usm.MaxSize);

    /// <summary>Whether this use of the operation waits to be sent.</summary>
    internal bool Waits(int incarnation) => IsInCustody && Incarnation == incarnation && Attempt == 0;

    /// <summary>Lets the caller's thread write; back to the I/O thread with <see langword="null"/>.</summary>
    internal void WriteBy(UsmSession? pen) => _pen = pen;

    /// <summary>Whether the packet with this msgID was written before the engine's name or clock became what they are known to be now.</summary>
    internal bool IsOutdated(int messageId) =>
        _writtenWith != User!.Peer.Usm.Version || RequestId.AttemptOf(messageId, _generation) < _writtenSince;

    /// <summary>Whether the packet under way was written so.</summary>
    internal bool IsLastOutdated => IsOutdated(_lastRequestId);

    /// <summary>Whether the request may be sent again although its time is not over.</summary>
    internal bool TryTakeSendingAnew() => _sendingsAnew++ < MostSendingsAnew;

    protected SnmpMessageWriter BeginMessage(Span<byte> buffer, PduType type, int nonRepeaters = 0, int maxRepetitions = 0)
    {
        if (User is null)
        {
            return new SnmpMessageWriter(buffer, Target.Version, Target.Community, type, RequestId.Placeholder, nonRepeaters, maxRepetitions);
        }

        return Writer.BeginRequest(
            buffer, _lastRequestId, Target.Options.Profile.MaxMessageSize, type, RequestIdOf(_lastRequestId), nonRepeaters, maxRepetitions);
    }

    protected bool TryCompleteMessage(ref SnmpMessageWriter writer, Span<byte> buffer, out int length, out int requestIdOffset)
    {
        var fits = User is null ? writer.TryComplete(out length) : Writer.TryComplete(ref writer, buffer, out length);
        requestIdOffset = writer.RequestIdOffset;
        return fits;
    }

    private UsmSession Writer => _pen ?? User!.Session;

    private void ResetSecured() => (_sendingsAnew, IsDiscovering) = (0, false);

    private void WriteSecured()
    {
        var usm = User!.Peer.Usm;
        var writtenWith = usm.Version;
        IsDiscovering = usm.EngineId.IsEmpty;
        if (IsDiscovering)
        {
            UsmSession.TryWriteDiscovery(_packet, _lastRequestId, Target.Options.Profile.MaxMessageSize, out var length);
            PacketLength = length;
        }
        else
        {
            WritePacket();
            writtenWith = Writer.WrittenWith;
        }

        if (_sendings == 0 || writtenWith != _writtenWith)
        {
            (_writtenWith, _writtenSince) = (writtenWith, _sendings);
        }
    }
}
