using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>The tables of collected results.</summary>
internal static class Tables
{
    internal static Table<ValueRow> Values(string name) => new(
        name,
        [
            new TextColumn<ValueRow>("request_id", static row => row.Request),
            new TextColumn<ValueRow>("root", static row => row.Root),
            new TextColumn<ValueRow>("idx", static row => row.Index),
            new TextColumn<ValueRow>("target", static row => row.Target),
            Time<ValueRow>("at", static row => row.At),
            new TextColumn<ValueRow>("type", static row => row.Type),
            new ValueColumn<ValueRow, decimal>(
                "number", "numeric(20)", "numeric(20, 0)", NpgsqlDbType.Numeric, static row => row.Number, static (copy, number) => copy.Write(number)),
            new OctetsColumn<ValueRow>("octets", static row => row.Octets),
            new TextColumn<ValueRow>("dotted", static row => row.Dotted),
            Number<ValueRow>("rate", static row => row.Rate),
        ],
        ["request_id", "root", "idx"]);

    internal static Table<RequestRow> Requests(string name) => new(
        name,
        [
            new TextColumn<RequestRow>("request_id", static row => row.Request),
            new TextColumn<RequestRow>("target", static row => row.Target),
            new TextColumn<RequestRow>("outcome", static row => row.Outcome),
            new ValueColumn<RequestRow, long>(
                "records", "bigint", "bigint", NpgsqlDbType.Bigint, static row => row.Records, static (copy, records) => copy.Write(records)),
            Time<RequestRow>("started_at", static row => row.StartedAt),
            Number<RequestRow>("ms", static row => row.Milliseconds),
            new TextColumn<RequestRow>("errors", static row => row.Errors),
        ],
        ["request_id"]);

    private static ValueColumn<TRow, DateTime> Time<TRow>(string name, Func<TRow, DateTime?> get) =>
        new(name, "timestamptz", "timestamp with time zone", NpgsqlDbType.TimestampTz, get, static (copy, time) => copy.Write(time));

    private static ValueColumn<TRow, double> Number<TRow>(string name, Func<TRow, double?> get) =>
        new(name, "double precision", "double precision", NpgsqlDbType.Double, get, static (copy, number) => copy.Write(number));
}
