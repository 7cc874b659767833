using NpgsqlTypes;

namespace Connections.Collector.Database;

/// <summary>A column of a table, and where its values stand in a row.</summary>
/// <param name="name">What it is called.</param>
/// <param name="type">Its type in PostgreSQL.</param>
/// <param name="crateType">Its type in CrateDB.</param>
internal abstract class Column<TRow>(string name, string type, string crateType)
{
    internal string Name { get; } = name;

    internal string Type { get; } = type;

    internal string CrateType { get; } = crateType;

    /// <summary>Writes its value of one row for PostgreSQL.</summary>
    internal abstract void Write(CopyBuffer copy, in TRow row);

    /// <summary>Its values of many rows, as one parameter.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="takesOctets">Whether the database has a type for octets; if not, they are hexadecimal digits.</param>
    internal abstract (Array Values, NpgsqlDbType Type) ToArray(ReadOnlySpan<TRow> rows, bool takesOctets);

    /// <summary>Its values of many rows.</summary>
    protected static TValue[] Select<TValue>(ReadOnlySpan<TRow> rows, Func<TRow, TValue> get)
    {
        var values = new TValue[rows.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = get(rows[i]);
        }

        return values;
    }
}
