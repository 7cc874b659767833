namespace Connections.Snmp.Tests.Agent;

/// <summary>Names that the tests ask for.</summary>
internal static class Names
{
    public const string System = "1.3.6.1.2.1.1";
    public const string SysDescr = System + ".1.0";
    public const string SysUpTime = System + ".3.0";
    public const string SysContact = System + ".4.0";
    public const string SysName = System + ".5.0";
    public const string SysLocation = System + ".6.0";
    public const string IfEntry = "1.3.6.1.2.1.2.2.1";
    public const string IfXEntry = "1.3.6.1.2.1.31.1.1.1";
    public const string PastAll = "1.3.6.1.3";
}
