using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Connections.Snmp.Collection;

// What makes a block of what was written: the tables, the header, compression where it is asked for, and the checksum.
public sealed partial class ResultBlockWriter
{
    // The fastest that still finds repetitions, of which results have many; the window is as large as a usual block.
    private const int Quality = 1;
    private const int Window = 18;

    /// <summary>Completes the block, which takes the memory over. The writer begins a new one.</summary>
    /// <param name="sequence">Which block of its stream it is.</param>
    /// <param name="isCompressed">Whether the content is compressed (Brotli), where that makes it smaller.</param>
    /// <exception cref="InvalidOperationException">A run was not ended.</exception>
    public ResultBlock Complete(long sequence = 0, bool isCompressed = false)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_runStart >= 0)
        {
            throw new InvalidOperationException("The run was not ended.");
        }

        AddSections();
        WriteHeader(sequence);
        var length = _buffer.Length;
        var octets = _buffer.Detach();
        Reset();
        var packed = isCompressed ? Compress(octets.AsSpan(0, length), out length) : null;
        Seal((packed ?? octets).AsSpan(0, length));
        return ResultBlock.Own(octets, packed, length);
    }

    private void AddSections()
    {
        const int RecordsLengthAt = BlockLayout.HeaderLength + sizeof(uint);
        var recordsLength = _buffer.Length - BlockLayout.HeaderLength - BlockLayout.SectionHeaderLength;
        _buffer.Align();
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.Written[BlockLayout.HeaderLength..], BlockLayout.RecordsTag);
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.Written[RecordsLengthAt..], recordsLength);
        BlockTables.AddShapes(ref _buffer, _shapes);
        BlockTables.AddRequests(ref _buffer, _requests);
        BlockTables.AddOutcomes(ref _buffer, _results);
    }

    private void WriteHeader(long sequence)
    {
        var header = _buffer.Written;
        BinaryPrimitives.WriteUInt32LittleEndian(header, BlockLayout.Magic);
        header[BlockLayout.MajorAt] = BlockLayout.Major;
        header[BlockLayout.MinorAt] = BlockLayout.Minor;
        BinaryPrimitives.WriteInt64LittleEndian(header[BlockLayout.SequenceAt..], sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(header[BlockLayout.ShapeAt..], _shapes.Count == 1 ? _shapes[0].Id : 0);
        BinaryPrimitives.WriteInt32LittleEndian(header[BlockLayout.ContentLengthAt..], header.Length - BlockLayout.HeaderLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[BlockLayout.RecordCountAt..], _records);
        BinaryPrimitives.WriteInt32LittleEndian(header[BlockLayout.RunCountAt..], _runs);
        BinaryPrimitives.WriteInt32LittleEndian(header[BlockLayout.RequestCountAt..], _requests.Count);
    }

    /// <summary>The block with its content compressed, in pooled memory; <see langword="null"/> where that is not smaller.</summary>
    private static byte[]? Compress(ReadOnlySpan<byte> block, out int length)
    {
        length = block.Length;
        var packed = ArrayPool<byte>.Shared.Rent(length);
        var room = packed.AsSpan(BlockLayout.HeaderLength, length - BlockLayout.HeaderLength);
        if (!BrotliEncoder.TryCompress(block[BlockLayout.HeaderLength..], room, out var written, Quality, Window))
        {
            ArrayPool<byte>.Shared.Return(packed);
            return null;
        }

        block[..BlockLayout.HeaderLength].CopyTo(packed);
        BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(BlockLayout.FlagsAt), BlockLayout.CompressedFlag);
        length = BlockLayout.HeaderLength + written;
        return packed;
    }

    private static void Seal(Span<byte> frame)
    {
        BinaryPrimitives.WriteInt32LittleEndian(frame[BlockLayout.LengthAt..], frame.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[BlockLayout.ChecksumAt..], Crc32C.OfFrame(frame));
    }
}
