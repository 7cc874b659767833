using Connections.NetSnmp;
using Connections.NetSnmp.Sharing;
using Connections.Snmp;

namespace Connections.Harness.Labs;

/// <summary>The connection classes that testbeds may name in this command.</summary>
internal static class LabClasses
{
    /// <summary>Those that lead to devices themselves.</summary>
    internal static ConnectionClasses Own { get; } = new ConnectionClasses().AddSnmp().AddNetSnmp();

    /// <summary>All: also those that stand for another process's.</summary>
    internal static ConnectionClasses All { get; } = new ConnectionClasses().AddSnmp().AddNetSnmp().AddSharedSnmp();
}
