using System.Diagnostics.CodeAnalysis;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent;

/// <summary>How a request came, and how its response leaves: under a community, or under the protection of a user.</summary>
internal readonly ref struct Envelope
{
    private readonly UsmAuthority? _authority;
    private readonly SecuredMessage _message;
    private readonly ScopedPdu _scoped;

    /// <summary>A request of SNMPv1 or SNMPv2c.</summary>
    public Envelope(SnmpMessageHeader header) => _scoped.Header = header;

    /// <summary>A request of SNMPv3 that an authority accepted.</summary>
    public Envelope(UsmAuthority authority, SecuredMessage message, ScopedPdu scoped)
    {
        _authority = authority;
        _message = message;
        _scoped = scoped;
    }

    /// <summary>The request's header.</summary>
    [UnscopedRef]
    public ref readonly SnmpMessageHeader Header => ref _scoped.Header;

    /// <summary>Begins a response.</summary>
    public SnmpMessageWriter Begin(Span<byte> room, Outcome outcome) => _authority is null
        ? new SnmpMessageWriter(
            room, Header.Version, Header.Community, PduType.Response, Header.RequestId, (int)outcome.Status, outcome.Index)
        : _authority.BeginResponse(room, _message, _scoped, (int)outcome.Status, outcome.Index);

    /// <summary>Ends a response, and protects it.</summary>
    /// <returns>Its length; 0 if not even its header fits.</returns>
    public int Complete(ref SnmpMessageWriter writer, Span<byte> room)
    {
        int length;
        _ = _authority is null ? writer.TryComplete(out length) : _authority.TryCompleteResponse(ref writer, room, _message, out length);
        return length;
    }
}
