using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of numbers or times.</summary>
internal sealed class ValueColumn<TRow, TValue>(string name, string type, string crateType, NpgsqlDbType dbType, Func<TRow, TValue?> get)
    : Column<TRow>(name, type, crateType)
    where TValue : struct
{
    internal override (Array Values, NpgsqlDbType Type) ToArray(IReadOnlyList<TRow> rows, bool takesOctets) => (Select(rows, get), NpgsqlDbType.Array | dbType);
}
