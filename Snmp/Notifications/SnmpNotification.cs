using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

/// <summary>
/// A trap or an inform as it arrived. Traps of SNMPv1 have the form of SNMPv2 (RFC 3584 section 3.1), and <see cref="ToTrapV1"/> gives either kind the other form. Immutable,
/// thread-safe.
/// </summary>
public sealed record SnmpNotification
{
    /// <summary>Who sent it: the address and port that the datagram came from, which without SNMPv3's authentication anyone can forge.</summary>
    public required IPEndPoint Source { get; init; }

    /// <summary>The address and port of this machine that it was sent to; the address that was bound where the system does not tell more.</summary>
    public required IPEndPoint LocalEndPoint { get; init; }

    /// <summary>When it was read.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The version of its message.</summary>
    public required SnmpVersion Version { get; init; }

    /// <summary>Whether it was an inform, which has been acknowledged.</summary>
    public bool IsInform { get; init; }

    /// <summary>The request-id of its PDU; 0 for a trap of SNMPv1, which has none.</summary>
    public int RequestId { get; init; }

    /// <summary>The community of SNMPv1 and SNMPv2c; otherwise <see langword="null"/>. Octets that are no UTF-8 are replaced.</summary>
    public Secret? Community { get; init; }

    /// <summary>How its message was protected; SNMPv1 and SNMPv2c protect nothing.</summary>
    public SecurityLevel SecurityLevel { get; init; }

    /// <summary>The user of SNMPv3; otherwise <see langword="null"/>.</summary>
    public string? UserName { get; init; }

    /// <summary>The engine that the message's time and keys were of: the sender's for a trap of SNMPv3, the listener's own for an inform; otherwise empty.</summary>
    public SnmpEngineId EngineId { get; init; }

    /// <summary>The engine whose context is meant in SNMPv3; otherwise empty.</summary>
    public SnmpEngineId ContextEngineId { get; init; }

    /// <summary>The name of the context that is meant in SNMPv3, where it is not the default one.</summary>
    public string ContextName { get; init; } = "";

    /// <summary>What happened: the value of snmpTrapOID.0; the empty OID where the sender left it out.</summary>
    public Oid TrapOid { get; init; }

    /// <summary>How long the sender had been running: the value of sysUpTime.0; <see langword="null"/> where the sender left it out.</summary>
    public TimeSpan? SysUpTime { get; init; }

    /// <summary>The enterprise: the field of a trap of SNMPv1, otherwise the value of snmpTrapEnterprise.0, if there is one.</summary>
    public Oid? Enterprise { get; init; }

    /// <summary>
    /// The device that the notification is about: the field of a trap of SNMPv1, otherwise the value of snmpTrapAddress.0, which proxies add; <see langword="null"/> where neither
    /// tells.
    /// </summary>
    public IPAddress? AgentAddress { get; init; }

    /// <summary>The fields of a trap of SNMPv1, as they arrived; otherwise <see langword="null"/>.</summary>
    public SnmpTrapV1? TrapV1 { get; init; }

    /// <summary>
    /// The varbinds, sysUpTime.0 and snmpTrapOID.0 among them, usually first. A trap of SNMPv1 has those too, and snmpTrapAddress.0 and snmpTrapEnterprise.0 behind its own; its
    /// community is in <see cref="Community"/> alone.
    /// </summary>
    public required IReadOnlyList<VarBind> VarBinds { get; init; }

    /// <summary>The fields that the notification has, or would have, as a trap of SNMPv1 (RFC 3584 section 3.2).</summary>
    /// <returns>The fields; <see langword="null"/> if it does not begin with sysUpTime.0 and snmpTrapOID.0, or holds a Counter64, which SNMPv1 does not have.</returns>
    public SnmpTrapV1? ToTrapV1()
    {
        if (TrapV1 is not null)
        {
            return TrapV1;
        }

        var address = Source.Address.AddressFamily == AddressFamily.InterNetwork ? SnmpTrapV1.NumberOf(Source.Address) : 0;
        return TrapMapping.TryToTrapV1([.. VarBinds], address, out var fields, out _) ? SnmpTrapV1.From(fields) : null;
    }

    /// <summary>Version, kind, <see cref="TrapOid"/> and <see cref="Source"/>; no secret.</summary>
    public override string ToString() => $"{Name(Version)} {(IsInform ? "inform" : "trap")} {TrapOid} from {Source}";

    private static string Name(SnmpVersion version) => version == SnmpVersion.V2c ? "SNMPv2c" : $"SNMPv{(int)version + (version == SnmpVersion.V1 ? 1 : 0)}";
}
