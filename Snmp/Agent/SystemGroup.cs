using Connections.Snmp.Protocol;

namespace Connections.Snmp.Agent;

/// <summary>The system group of SNMPv2-MIB (RFC 3418 section 2).</summary>
internal static class SystemGroup
{
    private static readonly Oid Root = new(1, 3, 6, 1, 2, 1, 1);
    private static readonly ValueRange DisplayString = new(0, 255);

    public static readonly Oid SysDescr = Root.Append(1, 0);
    public static readonly Oid SysObjectId = Root.Append(2, 0);
    public static readonly Oid SysUpTime = Root.Append(3, 0);
    public static readonly Oid SysContact = Root.Append(4, 0);
    public static readonly Oid SysName = Root.Append(5, 0);
    public static readonly Oid SysLocation = Root.Append(6, 0);
    public static readonly Oid SysServices = Root.Append(7, 0);

    /// <summary>An up time as sysUpTime tells it, which wraps after 497 days.</summary>
    public static SnmpValue UpTimeTicks(TimeSpan upTime) => SnmpValue.TimeTicks(unchecked((uint)(upTime.Ticks / (TimeSpan.TicksPerSecond / 100))));

    /// <summary>Makes the three read-write objects of the group writable, whose values were recorded or given as read-only.</summary>
    public static MibVariable WithAccess(MibVariable variable) =>
        variable.Oid == SysContact || variable.Oid == SysName || variable.Oid == SysLocation
            ? variable with { IsWritable = true, Range = DisplayString }
            : variable;
}
