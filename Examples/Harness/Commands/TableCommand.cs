using System.CommandLine;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary><c>connections table</c>.</summary>
internal static class TableCommand
{
    private const string Description = """
        Fetches a table by SNMP from one agent, or from devices of a testbed: its columns are walked together and joined by index.

        One OID is the table's entry (the table's own OID and a 1), of which all columns are fetched, or those that --column names.
        Several OIDs are columns, which may belong to tables with the same index.

          connections table 192.0.2.1 -c public 1.3.6.1.2.1.2.2.1
          connections table -t lab.yaml --csv 1.3.6.1.2.1.2.2.1 --column 2 --column 10
          connections table 192.0.2.1 1.3.6.1.2.1.2.2.1.2 1.3.6.1.2.1.31.1.1.1.6
        """;

    internal static Command Create()
    {
        var columns = new Option<uint[]>("--column") { Description = "The number of a column to fetch; may be given several times. All if left out.", HelpName = "N" };
        return QueryCommand.Create("table", Description, "OID", "the OID of the table's entry, or those of columns", [columns], (parsed, words) =>
        {
            var fetch = PlanOf([.. words.Select(Operation.ParseOid).Distinct()], parsed.GetValue(columns) ?? []);
            return (selection, output, token) => new Query<SnmpTableRow>(selection, fetch, WriterFor(selection, output), output).RunAsync(token);
        });
    }

    private static Func<ISnmpClient, CancellationToken, IAsyncEnumerable<SnmpTableRow>> PlanOf(Oid[] oids, uint[] columns)
    {
        if (oids.Length == 0)
        {
            throw new UsageException("'table' needs the OID of an entry, such as 1.3.6.1.2.1.2.2.1.");
        }

        if (oids.Length > 1 && columns.Length > 0)
        {
            throw new UsageException("--column is for one OID, that of an entry; several OIDs are columns themselves.");
        }

        RequireApart(oids);
        return (oids.Length, columns.Length) switch
        {
            (1, 0) => (client, token) => client.TableAsync(oids[0], token),
            (1, _) => (client, token) => client.TableAsync(oids[0], [.. columns.Distinct()], token),
            _ => (client, token) => client.TableAsync(oids, token),
        };
    }

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
