using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Collection;

// Everything that is checked before a block is read: whatever its octets, going through it afterwards stays within them.
public sealed partial class ResultBlock
{
    private ResultBlockError TryOpen()
    {
        var frame = _frame.Span;
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame[BlockLayout.ChecksumAt..]) != Crc32C.OfFrame(frame))
        {
            return ResultBlockError.WrongChecksum;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(frame[BlockLayout.ContentLengthAt..]);
        if (length > MaxLength || (!IsCompressed && length != frame.Length - BlockLayout.HeaderLength))
        {
            return ResultBlockError.InvalidLength;
        }

        _content = _frame[BlockLayout.HeaderLength..];
        if (IsCompressed && !TryUnpack((int)length))
        {
            return ResultBlockError.InvalidCompression;
        }

        var error = ReadSections();
        return error == ResultBlockError.None ? CheckAll() : error;
    }

    private bool TryUnpack(int length)
    {
        _ownedContent = ArrayPool<byte>.Shared.Rent(length);
        var packed = _content;
        _content = new ReadOnlyMemory<byte>(_ownedContent, 0, length);
        return BrotliDecoder.TryDecompress(packed.Span, _ownedContent.AsSpan(0, length), out var written) && written == length;
    }

    private ResultBlockError ReadSections()
    {
        var error = BlockSections.TryFind(_content.Span, out _sections);
        return error != ResultBlockError.None || TryReadShapes() ? error : ResultBlockError.InvalidTable;
    }

    private ResultBlockError CheckAll()
    {
        if (!AreRecordsSound())
        {
            return ResultBlockError.InvalidRecord;
        }

        return AreOutcomesSound() ? ResultBlockError.None : ResultBlockError.InvalidTable;
    }

    private bool AreRecordsSound()
    {
        var rest = Content[_sections.Records].Span;
        long records = 0;
        var runs = 0;
        for (; !rest.IsEmpty; runs++)
        {
            if (rest.Length < BlockLayout.RunHeaderLength)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest);
            var request = BinaryPrimitives.ReadUInt32LittleEndian(rest[BlockLayout.RunRequestAt..]);
            if (length > rest.Length - BlockLayout.RunHeaderLength || request >= _requestShapes.Length)
            {
                return false;
            }

            var end = BlockLayout.RunHeaderLength + (int)length;
            var count = BinaryPrimitives.ReadUInt32LittleEndian(rest[BlockLayout.RunRecordCountAt..]);
            if (!IsRunSound(rest[BlockLayout.RunHeaderLength..end], count, _requestShapes[request].Roots.Count))
            {
                return false;
            }

            records += count;
            rest = rest[end..];
        }

        return records == RecordCount && runs == RunCount;
    }

    private static bool IsRunSound(ReadOnlySpan<byte> records, uint count, int roots)
    {
        uint found = 0;
        for (; !records.IsEmpty; found++)
        {
            var length = ResultRecord.LengthAt(records);
            if (length > records.Length || BinaryPrimitives.ReadUInt16LittleEndian(records) >= roots)
            {
                return false;
            }

            records = records[(int)length..];
        }

        return found == count && count > 0;
    }

    private bool AreOutcomesSound()
    {
        var reader = new BlockTableReader(Content[_sections.Outcomes].Span);
        var told = new System.Collections.BitArray(_requestShapes.Length);
        for (var count = reader.ReadCount(BlockLayout.OutcomeHeaderLength); count > 0; count--)
        {
            var request = reader.ReadUInt32();
            if (request >= _requestShapes.Length || told[(int)request] || !TrySkipOutcome(ref reader))
            {
                return false;
            }

            told[(int)request] = true;
        }

        return !reader.HasFailed && reader.IsAtEnd;
    }

    private static bool TrySkipOutcome(ref BlockTableReader reader)
    {
        var isKnown = reader.ReadByte() is >= (byte)CollectOutcome.Succeeded and <= (byte)CollectOutcome.Failed;
        reader.ReadByte();
        var errors = reader.ReadUInt16();
        var records = reader.Take(3 * sizeof(long)) is { IsEmpty: false } numbers ? BinaryPrimitives.ReadInt64LittleEndian(numbers) : -1;
        for (; errors > 0 && !reader.HasFailed; errors--)
        {
            reader.Take(BlockLayout.ErrorHeaderLength - sizeof(ushort));
            reader.Take(reader.ReadUInt16());
        }

        return isKnown && records >= 0 && !reader.HasFailed;
    }

    /// <summary>Reads the shapes, and which request has which.</summary>
    private bool TryReadShapes()
    {
        var reader = new BlockTableReader(_content[_sections.Shapes].Span);
        var shapes = new CollectShape[reader.ReadCount(BlockLayout.ShapeHeaderLength)];
        for (var i = 0; i < shapes.Length; i++)
        {
            if (!ShapeReader.TryRead(ref reader, out var shape))
            {
                return false;
            }

            shapes[i] = shape;
        }

        return !reader.HasFailed && reader.IsAtEnd && TryReadRequestShapes(shapes);
    }

    private bool TryReadRequestShapes(CollectShape[] shapes)
    {
        var reader = new BlockTableReader(_content[_sections.Requests].Span);
        _requestShapes = new CollectShape[reader.ReadCount(BlockLayout.RequestHeaderLength)];
        for (var i = 0; i < _requestShapes.Length; i++)
        {
            var shape = reader.ReadUInt32();
            reader.Take(reader.ReadUInt16() + reader.ReadUInt16());
            if (shape >= shapes.Length)
            {
                return false;
            }

            _requestShapes[i] = shapes[shape];
        }

        return !reader.HasFailed && reader.IsAtEnd
            && _requestShapes.Length == BinaryPrimitives.ReadInt32LittleEndian(_frame.Span[BlockLayout.RequestCountAt..]);
    }
}
