using Connections.Harness.Sharing;
using Connections.NetSnmp;
using Connections.NetSnmp.Sharing;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Terminal;
using Connections.Terminal.Simulation;
using Connections.Testbeds;

namespace Connections.Harness.Labs;

/// <summary>The connection classes that testbeds may name in this command.</summary>
internal static class LabClasses
{
    /// <summary>Those that lead to devices themselves.</summary>
    internal static ConnectionClasses Own { get; } = new ConnectionClasses().AddSnmp().AddNetSnmp().AddTerminal();

    /// <summary>All: also those that stand for another process's.</summary>
    internal static ConnectionClasses All { get; } = new ConnectionClasses().AddSnmp().AddNetSnmp().AddSharedSnmp().AddTerminal();

    /// <summary>The devices of a testbed; those that it calls simulated are played by this process.</summary>
    internal static Lab Open(Testbed testbed) => new(testbed, All, LabSharing.Options, [new SnmpSimulator(), new TerminalSimulator()]);
}
