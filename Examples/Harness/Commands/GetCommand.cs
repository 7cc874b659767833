using System.CommandLine;
using Connections.Harness.Labs;

namespace Connections.Harness.Commands;

/// <summary><c>connections get</c>.</summary>
internal static class GetCommand
{
    private const string Description = """
        Gets values by SNMP from one agent, or from devices of a testbed.

          connections get 192.0.2.1 -c public sysName.0
          connections get -t lab.yaml -d edge1 sysName.0 1.3.6.1.2.1.1.3.0
          connections get 192.0.2.1 -Oqv IF-MIB::ifHCInOctets.3
        """;

    internal static Command Create() => QueryCommand.Create("get", Description, "OID", "names or OIDs", Operation.GetOf);
}
