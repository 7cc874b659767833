using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.Oid"/>.</summary>
public readonly struct LengthPrefixedOid : IIndexParser<OidIndex>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out OidIndex value)
    {
        value = default;
        if (!reader.TryReadArc(out var count))
        {
            return false;
        }

        if (count > OidIndex.MaxArcs)
        {
            return reader.Fail(ParseFailure.OutOfRange);
        }

        Span<uint> arcs = stackalloc uint[(int)count];
        foreach (ref var arc in arcs)
        {
            if (!reader.TryReadArc(out arc))
            {
                return false;
            }
        }

        value = new OidIndex(arcs);
        return true;
    }
}
