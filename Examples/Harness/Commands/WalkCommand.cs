using System.CommandLine;
using Connections.Harness.Labs;

namespace Connections.Harness.Commands;

/// <summary><c>connections walk</c>.</summary>
internal static class WalkCommand
{
    private const string Description = """
        Walks all values under OIDs by SNMP, on one agent or on devices of a testbed.

          connections walk 192.0.2.1:1161 -c public ifTable
          connections walk -t lab.yaml -d edge1 -Os 1.3.6.1.2.1.1
        """;

    internal static Command Create() => QueryCommand.Create("walk", Description, "OID", "names or OIDs", Operation.WalkOf);
}
