using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of numbers or times.</summary>
internal sealed class ValueColumn<TRow, TValue>(
    string name, string type, string crateType, NpgsqlDbType dbType, Func<TRow, TValue?> get, Action<CopyBuffer, TValue> write) : Column<TRow>(name, type, crateType)
    where TValue : struct
{
    internal override void Write(CopyBuffer copy, in TRow row)
    {
        if (get(row) is { } value)
        {
            write(copy, value);
        }
        else
        {
            copy.WriteNull();
        }
    }

    internal override (Array Values, NpgsqlDbType Type) ToArray(ReadOnlySpan<TRow> rows, bool takesOctets) => (Select(rows, get), NpgsqlDbType.Array | dbType);
}
