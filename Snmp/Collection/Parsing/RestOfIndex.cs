using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.Rest"/>.</summary>
public readonly struct RestOfIndex : IIndexParser<OidIndex>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out OidIndex value)
    {
        return OidIndex.TryFromOctets(reader.TakeRest(), out value) || reader.Fail(ParseFailure.OutOfRange);
    }
}
