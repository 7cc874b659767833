using System.CommandLine;
using Connections.Snmp;
using Connections.Snmp.Mibs.Formatting;

namespace Connections.Harness.Commands;

/// <summary>The option that says how names and values are printed, as that of Net-SNMP's tools does.</summary>
internal static class OutputForm
{
    internal static Option<string?> Create() => new("-O")
    {
        Description = """
            How names and values are printed, as by Net-SNMP's tools: n names in numbers, f in full, s without module, S with it (as without this option), u from mib-2 on; e enumerations
            and t time ticks in numbers, x octets in hexadecimal, a as text, X indexes in brackets, b in numbers; q without types, v values alone, U without units.
            """.ReplaceLineEndings(" "),
        HelpName = "LETTERS",
    };

    /// <exception cref="UsageException">A letter means nothing.</exception>
    internal static VarBindTextOptions Read(string? letters)
    {
        try
        {
            return VarBindTextOptions.Parse(letters ?? "");
        }
        catch (SnmpParseException error)
        {
            throw new UsageException($"-O {letters}: {error.Message}", error);
        }
    }
}
