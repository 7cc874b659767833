using System.CommandLine;
using Connections.Harness.Labs;

namespace Connections.Harness.Commands;

/// <summary><c>connections set</c>.</summary>
internal static class SetCommand
{
    private const string Description = """
        Sets values by SNMP on one agent, or on devices of a testbed: on each, all of them or none. It is sent once only.

        One instance is set to a VALUE of the type that the MIB has for it: a label of an enumeration, names of bits, text, an address, an OID, a number. For several, TYPE stands in between:
        = for that of the MIB, or a letter, as for Net-SNMP's snmpset: i INTEGER, u Unsigned32 or Gauge32, c Counter32, C Counter64, t TimeTicks, a IpAddress,
        o OBJECT IDENTIFIER, s text, x octets in hexadecimal, d octets in decimal, b BITS, n Null; in Opaque F float, D double, U and I 64-bit integers.

          connections set 192.0.2.1 -c private ifAdminStatus.3 down
          connections set 192.0.2.1 -c private sysLocation.0 = "Berlin, rack 4" sysContact.0 = ops
          connections set -t lab.yaml -d edge1 1.3.6.1.2.1.2.2.1.7.3 i 2
        """;

    internal static Command Create() =>
        QueryCommand.Create("set", Description, "OID [TYPE] VALUE", "for each value a name or OID, a type and the value", OperationOf);

    // One instance needs no type.
    private static Operation OperationOf(IEnumerable<string> words) => Operation.SetOf(words.ToList() is [var oid, var value] ? [oid, Operation.TypeOfMib, value] : words);
}
