using System.Buffers.Binary;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

/// <summary>One record where it stands in its block: an instance under a root, and its value. Valid as long as the block is.</summary>
public readonly ref struct ResultRecord
{
    private readonly ReadOnlySpan<byte> _octets;
    private readonly CollectShape _shape;

    internal ResultRecord(ReadOnlySpan<byte> octets, CollectShape shape)
    {
        _octets = octets;
        _shape = shape;
    }

    /// <summary>Which root of the request's shape it belongs to.</summary>
    public int Root => BinaryPrimitives.ReadUInt16LittleEndian(_octets);

    /// <summary>The value's type. A foreign block may hold one that <see cref="SnmpType"/> does not list.</summary>
    public SnmpType Type => (SnmpType)_octets[BlockLayout.RecordTypeAt];

    /// <summary>What follows the root in the name: sub-identifiers as BER has them. Those of a foreign block may be none.</summary>
    public ReadOnlySpan<byte> Index => _octets.Slice(BlockLayout.RecordHeaderLength, IndexLength);

    /// <summary>The value's content octets, as BER has them. Those of a foreign block may be none of the type.</summary>
    public ReadOnlySpan<byte> Value => _octets[(BlockLayout.RecordHeaderLength + IndexLength)..];

    private int IndexLength => BinaryPrimitives.ReadUInt16LittleEndian(_octets[BlockLayout.RecordIndexLengthAt..]);

    /// <summary>The whole name.</summary>
    /// <exception cref="ResultBlockException">The index is none: the block was not written by this library.</exception>
    public Oid ToOid()
    {
        var root = _shape.Roots[Root].Octets;
        var index = Index;
        if (root.Length + index.Length > Oid.MaxEncodedLength)
        {
            throw new ResultBlockException(ResultBlockError.InvalidValue);
        }

        Span<byte> name = stackalloc byte[Oid.MaxEncodedLength];
        root.CopyTo(name);
        index.CopyTo(name[root.Length..]);
        name = name[..(root.Length + index.Length)];
        return EncodedOid.IsCanonical(name) ? Oid.FromCanonical((ReadOnlySpan<byte>)name) : throw new ResultBlockException(ResultBlockError.InvalidValue);
    }

    /// <summary>The index as a value of its own.</summary>
    /// <exception cref="ResultBlockException">It is none: the block was not written by this library.</exception>
    public OidIndex ToIndex() => OidIndex.TryFromOctets(Index, out var index) ? index : throw new ResultBlockException(ResultBlockError.InvalidValue);

    /// <summary>The value as a value of its own.</summary>
    /// <exception cref="ResultBlockException">It is none of its type: the block was not written by this library.</exception>
    public SnmpValue ToValue() =>
        SnmpValue.TryDecode(Type, Value, out var value) == SnmpParseError.None ? value : throw new ResultBlockException(ResultBlockError.InvalidValue);

    /// <summary>Name and value.</summary>
    /// <exception cref="ResultBlockException">They are none: the block was not written by this library.</exception>
    public VarBind ToVarBind() => new(ToOid(), ToValue());

    /// <summary>How many octets the record takes that begins here, or more than there are where it is cut.</summary>
    internal static long LengthAt(ReadOnlySpan<byte> records) => records.Length < BlockLayout.RecordHeaderLength
        ? long.MaxValue
        : BlockLayout.RecordHeaderLength
            + (long)BinaryPrimitives.ReadUInt16LittleEndian(records[BlockLayout.RecordIndexLengthAt..])
            + BinaryPrimitives.ReadUInt32LittleEndian(records[BlockLayout.RecordValueLengthAt..]);
}
