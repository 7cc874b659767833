namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads <see cref="IndexParser.Implied"/>.</summary>
public readonly struct ImpliedArcs : IIndexParser<ShortOctets>
{
    /// <inheritdoc/>
    public bool TryParse(ref IndexReader reader, out ShortOctets value)
    {
        value = default;
        Span<byte> octets = stackalloc byte[ShortOctets.MaxLength];
        var length = 0;
        for (; !reader.IsAtEnd; length++)
        {
            if (length == octets.Length)
            {
                return reader.Fail(ParseFailure.TooLong);
            }

            if (!reader.TryReadOctets(octets.Slice(length, 1)))
            {
                return false;
            }
        }

        value = new ShortOctets(octets[..length]);
        return true;
    }
}
