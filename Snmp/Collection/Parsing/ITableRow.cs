namespace Connections.Snmp.Collection.Parsing;

/// <summary>A row of a table as a struct of one's own, which says how its index and its columns are read. <see cref="TableReader{TRow, TIndex}"/> makes such rows of blocks.</summary>
/// <typeparam name="TRow">The struct itself.</typeparam>
/// <typeparam name="TIndex">What its index comes to: what tells one row from another.</typeparam>
public interface ITableRow<TRow, TIndex>
{
    /// <summary>Reads an index.</summary>
    /// <returns>Whether it is one of this table's.</returns>
    static abstract bool TryParseIndex(ref IndexReader reader, out TIndex index);

    /// <summary>Puts a value where it belongs in a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="root">Which root of the request's shape the value is of.</param>
    /// <param name="reader">The value.</param>
    /// <returns>Whether it is one of the column's; if not, the row stays without it.</returns>
    static abstract bool TrySet(ref TRow row, int root, ref ValueReader reader);
}
