using System.Buffers.Binary;
using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Notifications;

/// <summary>The fields of a Trap-PDU of SNMPv1 (RFC 1157 section 4.1.6). Immutable, thread-safe.</summary>
/// <param name="Enterprise">The kind of device, its sysObjectID.</param>
/// <param name="AgentAddress">The device's IPv4 address, 0.0.0.0 where it is not known.</param>
/// <param name="GenericTrap">0 to 6: coldStart, warmStart, linkDown, linkUp, authenticationFailure, egpNeighborLoss, enterpriseSpecific. Devices may send others.</param>
/// <param name="SpecificTrap">The enterprise's own number of the trap, where the generic one is 6.</param>
/// <param name="Timestamp">How long the device had been running.</param>
public sealed record SnmpTrapV1(Oid Enterprise, IPAddress AgentAddress, int GenericTrap, int SpecificTrap, TimeSpan Timestamp)
{
    internal static SnmpTrapV1 From(in TrapV1Fields fields)
    {
        Span<byte> address = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(address, fields.AgentAddress);
        return new SnmpTrapV1(
            fields.Enterprise, new IPAddress(address), fields.GenericTrap, fields.SpecificTrap, TimeSpan.FromMilliseconds(fields.Timestamp * 10L));
    }

    /// <summary>An IPv4 address, the first octet in the highest bits.</summary>
    internal static uint NumberOf(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        return address.TryWriteBytes(octets, out _) ? BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;
    }
}
