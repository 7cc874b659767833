using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary><c>connections table</c>.</summary>
internal static class TableCommand
{
    private const string Description = """
        Fetches a table by SNMP from one agent, or from devices of a testbed: its columns are walked together and joined by index.

        The first word is the table, by name or by OID (that of its entry where no MIB knows it), of which all columns are fetched, or those that follow or that --column numbers.
        Columns alone are fetched too; they may belong to tables with the same index.

          connections table 192.0.2.1 -c public ifTable
          connections table -t lab.yaml --csv ifTable ifDescr ifOperStatus ifHCInOctets
          connections table 192.0.2.1 ifDescr ifAlias
          connections table 192.0.2.1 1.3.6.1.4.1.99999.1.1 --column 2 --column 10
        """;

    internal static Command Create()
    {
        var columns = new Option<uint[]>("--column") { Description = "The number of a column to fetch; may be given several times. All if left out.", HelpName = "N" };
        return QueryCommand.Create("table", Description, "TABLE [COLUMN]...", "the table and the columns wanted, by name or OID", [columns], (parsed, words) =>
        {
            var fetch = PlanOf([.. words.Select(Operation.ParseOid).Distinct()], parsed.GetValue(columns) ?? []);
            return (selection, output, token) => new Query<SnmpTableRow>(selection, fetch, WriterFor(selection, output), output).RunAsync(token);
        });
    }

    private static Func<ISnmpClient, CancellationToken, IAsyncEnumerable<SnmpTableRow>> PlanOf(Oid[] oids, uint[] numbers)
    {
        if (oids.Length == 0)
        {
            throw new UsageException("'table' needs a table, such as ifTable, or the OID of an entry, such as 1.3.6.1.2.1.2.2.1.");
        }

        if (oids.Length > 1 && numbers.Length > 0)
        {
            throw new UsageException("--column is for one table; several OIDs are columns themselves.");
        }

        var columns = IsTable(oids[0]) && oids.Length > 1 ? oids[1..] : oids;
        RequireApart(columns);
        return (oids.Length, numbers.Length) switch
        {
            (1, 0) => (client, token) => client.TableAsync(oids[0], token),
            (1, _) => (client, token) => client.TableAsync(oids[0], [.. numbers.Distinct()], token),
            _ => (client, token) => client.TableAsync(columns, token),
        };
    }

    private static bool IsTable(Oid oid) => MibTree.Current.Find(oid) is { Kind: MibNodeKind.Table or MibNodeKind.Row };

    private static void RequireApart(Oid[] columns)
    {
        foreach (var column in columns)
        {
            if (columns.FirstOrDefault(other => other != column && other.StartsWith(column)) is { IsEmpty: false } within)
            {
                throw new UsageException($"{within} is within {column}: leave one of them out.");
            }
        }
    }

    private static IResultWriter<SnmpTableRow> WriterFor(Selection selection, Output output) => output switch
    {
        { IsJson: true } => new JsonTableWriter(),
        { IsCsv: true } => new CsvTableWriter(),
        _ => new TextTableWriter(output, selection.Devices.Count > 1),
    };
}
