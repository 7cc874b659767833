namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.Fixed"/>.</summary>
public readonly struct FixedArcs(int length) : IIndexParser<ShortOctets>
{
    private readonly int _length = length;

    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out ShortOctets value)
    {
        value = default;
        return reader.TryReadOctets(value.Begin(_length));
    }
}
