using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection.Parsing;

/// <summary>Reads the arcs of an index one after another, where they stand. Once something failed, it stays failed.</summary>
public ref struct IndexReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Begins to read an index.</summary>
    /// <param name="octets">Sub-identifiers as BER has them, such as a record's <see cref="ResultRecord.Index"/>; they may be hostile.</param>
    public IndexReader(ReadOnlySpan<byte> octets) => _rest = octets;

    /// <summary>Why reading failed; <see cref="ParseFailure.None"/> as long as it has not.</summary>
    public ParseFailure Failure { get; private set; }

    /// <summary>Whether no arc is left.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Reads the next arc.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryReadArc(out uint arc)
    {
        var rest = _rest;
        if (!rest.IsEmpty && rest[0] < 0x80)
        {
            arc = rest[0];
            _rest = rest[1..];
            return true;
        }

        return TryReadLongArc(out arc);
    }

    /// <summary>Reads arcs that are an octet each.</summary>
    /// <param name="octets">Takes as many as it has room for.</param>
    /// <returns>Whether there were so many, each at most 255.</returns>
    public bool TryReadOctets(scoped Span<byte> octets)
    {
        foreach (ref var octet in octets)
        {
            if (!TryReadArc(out var arc))
            {
                return false;
            }

            if (arc > byte.MaxValue)
            {
                return Fail(ParseFailure.OutOfRange);
            }

            octet = (byte)arc;
        }

        return true;
    }

    /// <summary>Takes all arcs that are left, as they stand.</summary>
    public ReadOnlySpan<byte> TakeRest()
    {
        var rest = _rest;
        _rest = default;
        return rest;
    }

    /// <summary>Says that what was read is not what was expected.</summary>
    /// <returns>False, so that a parser may return it.</returns>
    public bool Fail(ParseFailure failure)
    {
        if (Failure == ParseFailure.None)
        {
            Failure = failure;
        }

        return false;
    }

    private bool TryReadLongArc(out uint arc)
    {
        var position = 0;
        arc = 0;
        if (_rest.IsEmpty)
        {
            return Fail(ParseFailure.TooShort);
        }

        if (!EncodedOid.TryReadSubIdentifier(_rest, ref position, out var value) || value > uint.MaxValue)
        {
            return Fail(ParseFailure.OutOfRange);
        }

        arc = (uint)value;
        _rest = _rest[position..];
        return true;
    }
}
