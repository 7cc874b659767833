namespace Connections.Snmp.Collection.Parsing;

/// <summary>All rows of one request that has ended.</summary>
/// <typeparam name="TRow">A row.</typeparam>
/// <typeparam name="TIndex">Its index.</typeparam>
/// <param name="Request">The request, and how it ended.</param>
/// <param name="Rows">The rows by their indexes, in the order in which they were first seen.</param>
/// <param name="Failures">The records that are not what the row expects.</param>
public sealed record TableRows<TRow, TIndex>(BlockRequest Request, IReadOnlyDictionary<TIndex, TRow> Rows, IReadOnlyList<RecordFailure> Failures)
    where TIndex : notnull;
