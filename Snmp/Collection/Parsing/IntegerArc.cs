namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.Integer"/>.</summary>
public readonly struct IntegerArc : IIndexParser<uint>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out uint value)
    {
        return reader.TryReadArc(out value);
    }
}
