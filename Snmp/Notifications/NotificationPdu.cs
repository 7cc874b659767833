using System.Net;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Notifications;

/// <summary>Turns PDUs into notifications, and informs into their acknowledgements.</summary>
internal static class NotificationPdu
{
    /// <summary>Reads a Trap of SNMPv1.</summary>
    /// <returns>The notification, without what its message says of the sender; <see langword="null"/> if a varbind is none.</returns>
    internal static SnmpNotification? ReadTrapV1(in NotificationDatagram datagram, in SnmpMessageHeader header, DateTimeOffset now)
    {
        if (!VarBindList.TryRead(header.VarBinds, out var own))
        {
            return null;
        }

        var fields = SnmpTrapV1.From(header.Trap);
        return new SnmpNotification
        {
            Source = datagram.Source.ToIPEndPoint(),
            LocalEndPoint = datagram.LocalEndPoint,
            ReceivedAt = now,
            Version = header.Version,
            TrapOid = TrapMapping.TrapOidOf(header.Trap),
            SysUpTime = fields.Timestamp,
            Enterprise = fields.Enterprise,
            AgentAddress = fields.AgentAddress,
            TrapV1 = fields,
            VarBinds = TrapMapping.ToNotification(header.Trap, own),
        };
    }

    /// <summary>Reads an SNMPv2-Trap or an Inform.</summary>
    /// <returns>The notification, without what its message says of the sender; <see langword="null"/> if a varbind is none.</returns>
    internal static SnmpNotification? Read(in NotificationDatagram datagram, in SnmpMessageHeader header, DateTimeOffset now)
    {
        if (!VarBindList.TryRead(header.VarBinds, out var varBinds))
        {
            return null;
        }

        return new SnmpNotification
        {
            Source = datagram.Source.ToIPEndPoint(),
            LocalEndPoint = datagram.LocalEndPoint,
            ReceivedAt = now,
            Version = header.Version,
            IsInform = header.PduType == PduType.Inform,
            RequestId = header.RequestId,
            TrapOid = Find(varBinds, TrapMapping.SnmpTrapOid, SnmpType.ObjectIdentifier)?.ToOid() ?? default,
            SysUpTime = Find(varBinds, TrapMapping.SysUpTime, SnmpType.TimeTicks) is { } upTime ? TimeSpan.FromMilliseconds(upTime.Number * 10) : null,
            Enterprise = Find(varBinds, TrapMapping.SnmpTrapEnterprise, SnmpType.ObjectIdentifier)?.ToOid(),
            AgentAddress = Find(varBinds, TrapMapping.SnmpTrapAddress, SnmpType.IpAddress) is { } address ? new IPAddress(address.Octets) : null,
            VarBinds = varBinds,
        };
    }

    /// <summary>Adds the varbinds of an inform to its acknowledgement, unless it would become too large.</summary>
    internal static bool TryEcho(ref SnmpMessageWriter writer, ReadOnlySpan<byte> varBinds)
    {
        var reader = new VarBindReader(varBinds);
        while (reader.TryRead(out var varBind))
        {
            if (!writer.TryAdd(varBind))
            {
                return false;
            }
        }

        return true;
    }

    private static SnmpValue? Find(VarBind[] varBinds, in Oid name, SnmpType type)
    {
        foreach (ref readonly var varBind in varBinds.AsSpan())
        {
            if (varBind.Oid == name && varBind.Value.Type == type)
            {
                return varBind.Value;
            }
        }

        return null;
    }
}
