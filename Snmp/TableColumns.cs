using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>Finds out which columns a table has that nobody described: one GETNEXT asks for what follows each of many possible columns.</summary>
internal static class TableColumns
{
    private const int AtOnce = 32;

    // Far more than any MIB defines: an agent that goes on is faulty or hostile.
    private const int MostColumns = 1_024;

    /// <summary>The columns of an entry that have an instance at least, in order.</summary>
    /// <exception cref="SnmpErrorStatusException">The agent reports an error.</exception>
    /// <exception cref="SnmpException">There are too many, or the agent's OIDs do not increase.</exception>
    internal static async Task<IReadOnlyList<Oid>> FindAsync(ISnmpClient client, Oid entry, CancellationToken cancellationToken)
    {
        var found = new List<Oid>();
        for (uint? from = 0; from is { } first;)
        {
            from = await ProbeAsync(client, entry, first, found, cancellationToken).ConfigureAwait(false);
            if (found.Count > MostColumns)
            {
                throw new SnmpException($"{entry} has more than {MostColumns} columns, more than any table; name those that you want, or another OID.");
            }
        }

        return found;
    }

    /// <summary>Looks for columns from one on.</summary>
    /// <returns>Where to go on; <see langword="null"/> when there are no more.</returns>
    private static async Task<uint?> ProbeAsync(ISnmpClient client, Oid entry, uint first, List<Oid> found, CancellationToken cancellationToken)
    {
        var count = (int)Math.Min(AtOnce, uint.MaxValue - first + 1L);
        var asked = Enumerable.Range(0, count).Select(step => entry.Append(first + (uint)step)).ToArray();
        var (answers, isEnd) = await FollowingAsync(client, asked, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < answers.Count; i++)
        {
            var (oid, value) = answers[i];
            if (i == asked.Length || value.IsException || oid <= asked[i] || !oid.StartsWith(entry))
            {
                return null;
            }

            var column = entry.Append(oid[entry.Count]);
            if (found.Count == 0 || column > found[^1])
            {
                found.Add(column);
            }
        }

        if (isEnd || answers.Count == 0)
        {
            return null;
        }

        // What an agent leaves out of its reply is asked for again.
        var last = Math.Max(found[^1][entry.Count], first + (uint)answers.Count - 1);
        return last == uint.MaxValue ? null : last + 1;
    }

    /// <summary>What follows each OID, and whether nothing follows the next one. SNMPv1 refuses the whole request for those at the end of the MIB.</summary>
    private static async Task<(IReadOnlyList<VarBind> VarBinds, bool IsEnd)> FollowingAsync(
        ISnmpClient client, Oid[] oids, CancellationToken cancellationToken)
    {
        for (var count = oids.Length; count > 0;)
        {
            var response = await client.SendAsync(SnmpRequest.GetNext(oids.AsSpan(0, count).ToArray()), cancellationToken).ConfigureAwait(false);
            if (response.ErrorStatus != SnmpErrorStatus.NoSuchName)
            {
                response.ThrowIfError();
                return (response.VarBinds, count < oids.Length);
            }

            // They are in order: what follows none of them follows no later one.
            count = response.ErrorIndex is var index and > 0 && index <= count ? index - 1 : count - 1;
        }

        return ([], true);
    }
}
