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
            new ValueColumn<ValueRow, DateTime>("at", "timestamptz", "timestamp with time zone", NpgsqlDbType.TimestampTz, static row => row.At),
            new TextColumn<ValueRow>("type", static row => row.Type),
            new ValueColumn<ValueRow, decimal>("number", "numeric(20)", "numeric(20, 0)", NpgsqlDbType.Numeric, static row => row.Number),
            new OctetsColumn<ValueRow>("octets", static row => row.Octets),
            new TextColumn<ValueRow>("dotted", static row => row.Dotted),
            new ValueColumn<ValueRow, double>("rate", "double precision", "double precision", NpgsqlDbType.Double, static row => row.Rate),
        ],
        ["request_id", "root", "idx"]);

    internal static Table<RequestRow> Requests(string name) => new(
        name,
        [
            new TextColumn<RequestRow>("request_id", static row => row.Request),
            new TextColumn<RequestRow>("target", static row => row.Target),
            new TextColumn<RequestRow>("outcome", static row => row.Outcome),
            new ValueColumn<RequestRow, long>("records", "bigint", "bigint", NpgsqlDbType.Bigint, static row => row.Records),
            new ValueColumn<RequestRow, DateTime>("started_at", "timestamptz", "timestamp with time zone", NpgsqlDbType.TimestampTz, static row => row.StartedAt),
            new ValueColumn<RequestRow, double>("ms", "double precision", "double precision", NpgsqlDbType.Double, static row => row.Milliseconds),
            new TextColumn<RequestRow>("errors", static row => row.Errors),
        ],
        ["request_id"]);
}
