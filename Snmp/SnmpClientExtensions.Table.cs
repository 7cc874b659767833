using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;

namespace Connections.Snmp;

// Tables: columns walked together, their values joined to rows by index.
public static partial class SnmpClientExtensions
{
    /// <summary>Fetches a table: asks first which columns the agent has, then for all of them. Nothing need be known of it.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="table">
    /// The OID of the table's entry, which is the table's own with a 1 behind it: 1.3.6.1.2.1.2.2.1 for the interfaces. Where the MIB knows the table, its own OID will do, and that of a column
    /// means this one alone.
    /// </param>
    /// <param name="cancellationToken">Ends the call at any moment.</param>
    /// <returns>The rows in the order of their indexes, each as soon as it is complete; none where the table is empty.</returns>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; the rows before are returned.</exception>
    /// <exception cref="SnmpException">What lies under the entry has more columns than a table can have.</exception>
    public static IAsyncEnumerable<SnmpTableRow> TableAsync(this ISnmpClient client, Oid table, CancellationToken cancellationToken = default) =>
        MibTree.Current.Find(table) is { Kind: MibNodeKind.Column }
            ? client.TableAsync([table], cancellationToken)
            : FindAndJoinAsync(Checked(client), EntryOf(table), cancellationToken);

    /// <inheritdoc cref="TableAsync(ISnmpClient, Oid, CancellationToken)"/>
    /// <param name="client">The agent.</param>
    /// <param name="table">The name of a table, an entry or a column, such as <c>ifTable</c>, or the OID.</param>
    /// <param name="cancellationToken">Ends the call at any moment.</param>
    /// <exception cref="SnmpParseException">The text is no OID, and no name that is known.</exception>
    public static IAsyncEnumerable<SnmpTableRow> TableAsync(
        this ISnmpClient client, string table, CancellationToken cancellationToken = default) =>
        client.TableAsync(OidText.Parse(table), cancellationToken);

    /// <summary>Fetches chosen columns of a table by name.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="table">The name of the table or of its entry, such as <c>ifTable</c>, or the OID.</param>
    /// <param name="columns">The columns: names, of this table or of another with the same index, OIDs, or numbers under the entry. Each once.</param>
    /// <param name="cancellationToken">Ends the call at any moment.</param>
    /// <returns>The rows in the order of their indexes, each as soon as it is complete. A row that has none of these columns is not there.</returns>
    /// <exception cref="SnmpParseException">A text is no OID, and no name that is known.</exception>
    /// <exception cref="ArgumentException">There is no column, or one comes twice.</exception>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; the rows before are returned.</exception>
    public static IAsyncEnumerable<SnmpTableRow> TableAsync(
        this ISnmpClient client, string table, IReadOnlyList<string> columns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var entry = EntryOf(OidText.Parse(table));
        return client.TableAsync([.. columns.Select(column => ColumnOf(entry, column))], cancellationToken);
    }

    /// <summary>Fetches chosen columns of a table.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="entry">The OID of the table's entry.</param>
    /// <param name="columns">The numbers of the columns under the entry, each once.</param>
    /// <param name="cancellationToken">Ends the call at any moment.</param>
    /// <returns>The rows in the order of their indexes, each as soon as it is complete. A row that has none of these columns is not there.</returns>
    /// <exception cref="ArgumentException">There is no column, or one comes twice.</exception>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; the rows before are returned.</exception>
    public static IAsyncEnumerable<SnmpTableRow> TableAsync(
        this ISnmpClient client, Oid entry, IReadOnlyList<uint> columns, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var row = EntryOf(entry);
        return client.TableAsync([.. columns.Select(column => row.Append(column))], cancellationToken);
    }

    /// <inheritdoc cref="TableAsync(ISnmpClient, Oid, IReadOnlyList{uint}, CancellationToken)"/>
    /// <exception cref="SnmpParseException">The text is no OID.</exception>
    public static IAsyncEnumerable<SnmpTableRow> TableAsync(
        this ISnmpClient client, string entry, IReadOnlyList<uint> columns, CancellationToken cancellationToken = default) =>
        client.TableAsync(OidText.Parse(entry), columns, cancellationToken);

    /// <summary>Fetches columns from anywhere and joins them by index, such as those of a table and of one that augments it.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="columns">The OIDs of the columns, each of two arcs at least, none of which contains another.</param>
    /// <param name="cancellationToken">Ends the call at any moment.</param>
    /// <returns>The rows in the order of their indexes, each as soon as it is complete. A row that has none of these columns is not there.</returns>
    /// <remarks>The rows of a device whose OIDs do not increase, and that is allowed to, may come in parts.</remarks>
    /// <exception cref="ArgumentException">There is no column, one has fewer than two arcs, or one contains another.</exception>
    /// <exception cref="SnmpErrorStatusException">The agent fails at a column; the rows are returned first, without what it has of that one.</exception>
    /// <exception cref="SnmpWalkException">The agent's OIDs do not increase; the rows before are returned.</exception>
    public static IAsyncEnumerable<SnmpTableRow> TableAsync(
        this ISnmpClient client, IReadOnlyList<Oid> columns, CancellationToken cancellationToken = default)
    {
        var request = new WalkRequest { Roots = columns };
        request.Validate();
        if (columns.Any(static column => column.Count < 2))
        {
            throw new ArgumentException($"{columns.First(static column => column.Count < 2)} is too short for a column: it has fewer than two arcs.", nameof(columns));
        }

        return JoinAsync(Checked(client), request, cancellationToken);
    }

    /// <inheritdoc cref="TableAsync(ISnmpClient, IReadOnlyList{Oid}, CancellationToken)"/>
    /// <exception cref="SnmpParseException">A text is no OID.</exception>
    public static IAsyncEnumerable<SnmpTableRow> TableAsync(
        this ISnmpClient client, IReadOnlyList<string> columns, CancellationToken cancellationToken = default) =>
        client.TableAsync(OidText.Parse(columns), cancellationToken);

    private static Oid EntryOf(in Oid table) =>
        MibTree.Current.Find(table) is { Kind: MibNodeKind.Table, Children: [{ Kind: MibNodeKind.Row } row, ..] } ? row.Oid : table;

    private static Oid ColumnOf(Oid entry, string column) =>
        uint.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? entry.Append(number) : OidText.Parse(column);

    private static async IAsyncEnumerable<SnmpTableRow> FindAndJoinAsync(
        ISnmpClient client, Oid entry, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var columns = await TableColumns.FindAsync(client, entry, cancellationToken).ConfigureAwait(false);
        if (columns.Count == 0)
        {
            yield break;
        }

        await foreach (var row in JoinAsync(client, new WalkRequest { Roots = columns }, cancellationToken).ConfigureAwait(false))
        {
            yield return row;
        }
    }

    private static async IAsyncEnumerable<SnmpTableRow> JoinAsync(
        ISnmpClient client, WalkRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var join = new TableJoin(new TableShape(request.Roots, MibTree.Current));
        var bursts = BurstsAsync(client, request, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var ending = bursts.ConfigureAwait(false);
        ExceptionDispatchInfo? failure = null;
        while (failure is null)
        {
            WalkCursor? next = null;
            try
            {
                if (!await bursts.MoveNextAsync().ConfigureAwait(false))
                {
                    yield break;
                }

                join.Add(bursts.Current.VarBinds);
                next = bursts.Current.Next;
            }
            catch (SnmpErrorStatusException error) when (error.Oid is not null)
            {
                // The column that it names has no more, and the others have ended: nothing can be added to any row.
                failure = ExceptionDispatchInfo.Capture(error);
            }

            foreach (var row in join.TakeComplete(next))
            {
                yield return row;
            }
        }

        failure.Throw();
    }
}
