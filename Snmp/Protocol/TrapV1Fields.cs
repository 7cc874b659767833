namespace Connections.Snmp.Protocol;

/// <summary>The fields of a Trap-PDU of SNMPv1 before its varbinds (RFC 1157 section 4.1.6).</summary>
/// <param name="Enterprise">The kind of device, its sysObjectID.</param>
/// <param name="AgentAddress">The device's IPv4 address, the first octet in the highest bits.</param>
/// <param name="GenericTrap">0 to 6: coldStart, warmStart, linkDown, linkUp, authenticationFailure, egpNeighborLoss, enterpriseSpecific.</param>
/// <param name="SpecificTrap">The enterprise's own number of the trap, where the generic one is 6.</param>
/// <param name="Timestamp">The device's sysUpTime, in hundredths of a second.</param>
internal readonly record struct TrapV1Fields(Oid Enterprise, uint AgentAddress, int GenericTrap, int SpecificTrap, uint Timestamp);
