using System.Buffers.Binary;
using System.Net;

namespace Connections.Snmp.Protocol;

/// <summary>Between the traps of SNMPv1 and the notifications of SNMPv2 (RFC 3584 section 3). Pure functions, thread-safe.</summary>
internal static class TrapMapping
{
    private const int EnterpriseSpecific = 6;
    private const int VarBindsInFront = 2;
    private const int VarBindsBehind = 3;

    /// <summary>sysUpTime.0, the first varbind of a notification.</summary>
    public static readonly Oid SysUpTime = Oid.Parse("1.3.6.1.2.1.1.3.0");

    /// <summary>snmpTrapOID.0, the second varbind of a notification.</summary>
    public static readonly Oid SnmpTrapOid = Oid.Parse("1.3.6.1.6.3.1.1.4.1.0");

    /// <summary>snmpTrapEnterprise.0.</summary>
    public static readonly Oid SnmpTrapEnterprise = Oid.Parse("1.3.6.1.6.3.1.1.4.3.0");

    /// <summary>snmpTrapAddress.0.</summary>
    public static readonly Oid SnmpTrapAddress = Oid.Parse("1.3.6.1.6.3.18.1.3.0");

    /// <summary>snmpTrapCommunity.0.</summary>
    public static readonly Oid SnmpTrapCommunity = Oid.Parse("1.3.6.1.6.3.18.1.4.0");

    private static readonly Oid StandardTraps = Oid.Parse("1.3.6.1.6.3.1.1.5");

    /// <summary>The snmpTrapOID of a trap of SNMPv1 (RFC 3584 section 3.1 steps 2 and 3).</summary>
    public static Oid TrapOidOf(in TrapV1Fields trap) => trap.GenericTrap is >= 0 and < EnterpriseSpecific
        ? StandardTraps.Append((uint)trap.GenericTrap + 1)
        : AppendSpecific(trap.Enterprise, trap.SpecificTrap);

    /// <summary>The varbinds that a trap of SNMPv1 has as a notification of SNMPv2 (RFC 3584 section 3.1): sysUpTime, snmpTrapOID, its own, and of
    /// address, community and enterprise those that its own do not hold yet.</summary>
    public static VarBind[] ToNotification(in TrapV1Fields trap, ReadOnlySpan<byte> community, ReadOnlySpan<VarBind> varBinds) =>
        ToNotification(trap, varBinds, new VarBind(SnmpTrapCommunity, SnmpValue.OctetString(community)));

    /// <summary>The same without the community, which is a secret that only a proxy passes on.</summary>
    public static VarBind[] ToNotification(in TrapV1Fields trap, ReadOnlySpan<VarBind> varBinds) => ToNotification(trap, varBinds, null);

    private static VarBind[] ToNotification(in TrapV1Fields trap, ReadOnlySpan<VarBind> varBinds, VarBind? community)
    {
        var result = new List<VarBind>(VarBindsInFront + varBinds.Length + VarBindsBehind)
        {
            new(SysUpTime, SnmpValue.TimeTicks(trap.Timestamp)),
            new(SnmpTrapOid, SnmpValue.ObjectIdentifier(TrapOidOf(trap))),
        };
        result.AddRange(varBinds);
        Span<byte> address = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(address, trap.AgentAddress);
        AddMissing(result, SnmpTrapAddress, SnmpValue.IpAddress(new IPAddress(address)));
        if (community is { } secret)
        {
            AddMissing(result, secret.Oid, secret.Value);
        }

        AddMissing(result, SnmpTrapEnterprise, SnmpValue.ObjectIdentifier(trap.Enterprise));
        return [.. result];
    }

    /// <summary>The fields and varbinds that a notification of SNMPv2 has as a trap of SNMPv1 (RFC 3584 section 3.2).</summary>
    /// <param name="notification">All varbinds, sysUpTime and snmpTrapOID first.</param>
    /// <param name="agentAddress">The sender's IPv4 address, the first octet in the highest bits, where no varbind holds it; or 0.</param>
    /// <param name="trap">The fields.</param>
    /// <param name="varBinds">The varbinds.</param>
    /// <returns>Whether the notification begins as it must and holds no Counter64, which SNMPv1 does not have.</returns>
    public static bool TryToTrapV1(ReadOnlySpan<VarBind> notification, uint agentAddress, out TrapV1Fields trap, out VarBind[] varBinds)
    {
        trap = default;
        varBinds = [];
        if (notification.Length < VarBindsInFront
            || notification[0].Oid != SysUpTime || notification[0].Value.Type != SnmpType.TimeTicks
            || notification[1].Oid != SnmpTrapOid || notification[1].Value.Type != SnmpType.ObjectIdentifier)
        {
            return false;
        }

        var kept = new List<VarBind>(notification.Length);
        Oid? enterprise = null;
        foreach (ref readonly var varBind in notification[VarBindsInFront..])
        {
            if (varBind.Value.Type == SnmpType.Counter64)
            {
                return false;
            }

            if (varBind.Oid == SnmpTrapEnterprise && varBind.Value.Type == SnmpType.ObjectIdentifier)
            {
                enterprise = varBind.Value.ToOid();
            }
            else if (varBind.Oid == SnmpTrapAddress && varBind.Value is { Type: SnmpType.IpAddress, Bytes.Length: sizeof(uint) })
            {
                agentAddress = BinaryPrimitives.ReadUInt32BigEndian(varBind.Value.Bytes);
            }
            else if (varBind.Oid != SnmpTrapCommunity)
            {
                kept.Add(varBind);
            }
        }

        trap = FieldsOf(notification[1].Value.ToOid(), enterprise, agentAddress, (uint)notification[0].Value.ToUInt64());
        varBinds = [.. kept];
        return true;
    }

    // An enterprise that has no room for two more arcs keeps its name, which no real one does.
    private static Oid AppendSpecific(in Oid enterprise, int specificTrap) =>
        enterprise.Count <= Oid.MaxArcs - 2 && enterprise.Count >= 2 ? enterprise.Append(0, (uint)specificTrap) : enterprise;

    private static void AddMissing(List<VarBind> varBinds, in Oid name, SnmpValue value)
    {
        foreach (var varBind in varBinds)
        {
            if (varBind.Oid == name)
            {
                return;
            }
        }

        varBinds.Add(new VarBind(name, value));
    }

    private static TrapV1Fields FieldsOf(in Oid trapOid, Oid? enterprise, uint agentAddress, uint upTime)
    {
        var last = trapOid.Count > 0 ? trapOid[trapOid.Count - 1] : 0;
        if (trapOid.Count == StandardTraps.Count + 1 && trapOid.StartsWith(StandardTraps) && last is >= 1 and <= EnterpriseSpecific)
        {
            return new TrapV1Fields(enterprise ?? StandardTraps, agentAddress, (int)last - 1, 0, upTime);
        }

        var parent = trapOid.Count > 0 ? trapOid.Parent : trapOid;
        var isZeroBefore = parent.Count > 0 && parent[parent.Count - 1] == 0;
        return new TrapV1Fields(isZeroBefore ? parent.Parent : parent, agentAddress, EnterpriseSpecific, (int)last, upTime);
    }
}
