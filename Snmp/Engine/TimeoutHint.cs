using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

/// <summary>What was seen of a request besides a valid answer; the last thing seen counts.</summary>
internal struct TimeoutHint
{
    private HintKind _kind;
    private DatagramEndPoint _source;

    private enum HintKind : byte
    {
        None,
        PortUnreachable,
        HostUnreachable,
        NetworkUnreachable,
        TooLarge,
        Unparsable,
        OtherSource,
        OtherCommunity,
        OtherObjects,
    }

    internal void Note(DatagramErrorKind error) => _kind = error switch
    {
        DatagramErrorKind.PortUnreachable => HintKind.PortUnreachable,
        DatagramErrorKind.HostUnreachable => HintKind.HostUnreachable,
        DatagramErrorKind.NetworkUnreachable => HintKind.NetworkUnreachable,
        DatagramErrorKind.TooLarge => HintKind.TooLarge,
        _ => _kind,
    };

    internal void NoteUnparsable() => _kind = HintKind.Unparsable;

    internal void NoteOtherCommunity() => _kind = HintKind.OtherCommunity;

    internal void NoteOtherObjects() => _kind = HintKind.OtherObjects;

    internal void NoteOtherSource(in DatagramEndPoint source)
    {
        _kind = HintKind.OtherSource;
        _source = source;
    }

    internal readonly string Describe(SnmpTarget target) => _kind switch
    {
        HintKind.PortUnreachable => $"nothing listens on {target.EndPoint} (port unreachable)",
        HintKind.HostUnreachable => $"{target.EndPoint.Address} cannot be reached (host unreachable)",
        HintKind.NetworkUnreachable => $"there is no route to {target.EndPoint.Address} (network unreachable)",
        HintKind.TooLarge => "the request is too large for the network on the way; ask for fewer objects at once",
        HintKind.Unparsable => "answers came that are not valid SNMP",
        HintKind.OtherSource => $"an answer came from {_source} instead, and was not trusted",
        HintKind.OtherCommunity => "an answer came with another community or version, and was not trusted",
        HintKind.OtherObjects => "answers came that hold other objects than were asked for",
        _ when target.Version is Protocol.SnmpVersion.V1 or Protocol.SnmpVersion.V2c =>
            "the host may be down, a firewall may drop the packets, or the community may be wrong, which agents answer with silence",
        _ => "the host may be down, or a firewall may drop the packets",
    };
}
