using System.Buffers;
using System.Buffers.Binary;

namespace Connections.Snmp.Collection;

/// <summary>
/// Results of many requests in one piece of memory, which may be stored, sent, and read where it lies, here or on another machine. ResultBlock.md has the
/// format, octet by octet.
/// </summary>
/// <remarks>
/// Reading is thread-safe and allocates nothing per record. A block that is not read any more is disposed, so that its memory serves the next one; nothing of it must be used
/// after that. Octets of any origin may be read: all frames and numbers are checked once at the beginning, so that going through the records cannot fail. Only
/// an index or a value may be none, which shows where it is decoded.
/// </remarks>
public sealed partial class ResultBlock : IDisposable
{
    /// <summary>The largest block, in octets, packed or unpacked.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>How many octets <see cref="TryReadLength"/> needs.</summary>
    public const int PrefixLength = BlockLayout.LengthAt + sizeof(int);

    private byte[]? _ownedFrame;
    private byte[]? _ownedContent;
    private ReadOnlyMemory<byte> _frame;
    private ReadOnlyMemory<byte> _content;
    private BlockSections _sections;
    private CollectShape[] _requestShapes = [];

    private ResultBlock(ReadOnlyMemory<byte> frame) => _frame = frame;

    /// <summary>The block's octets, as they are stored and sent.</summary>
    /// <exception cref="ObjectDisposedException">The block has been disposed.</exception>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_frame.IsEmpty, this);
            return _frame;
        }
    }

    /// <summary>Which block of its stream it is.</summary>
    public long Sequence => BinaryPrimitives.ReadInt64LittleEndian(Memory.Span[BlockLayout.SequenceAt..]);

    /// <summary>The <see cref="CollectShape.Id"/> that all its requests share; 0 where they differ.</summary>
    public ulong ShapeId => BinaryPrimitives.ReadUInt64LittleEndian(Memory.Span[BlockLayout.ShapeAt..]);

    /// <summary>How many records it holds.</summary>
    public int RecordCount => BinaryPrimitives.ReadInt32LittleEndian(Memory.Span[BlockLayout.RecordCountAt..]);

    /// <summary>How many runs it holds.</summary>
    public int RunCount => BinaryPrimitives.ReadInt32LittleEndian(Memory.Span[BlockLayout.RunCountAt..]);

    /// <summary>Whether the content is compressed. It was unpacked when the block was read.</summary>
    public bool IsCompressed => (BinaryPrimitives.ReadUInt16LittleEndian(Memory.Span[BlockLayout.FlagsAt..]) & BlockLayout.CompressedFlag) != 0;

    /// <summary>The requests that it has records or an end of.</summary>
    public IReadOnlyList<BlockRequest> Requests => field ??= ReadRequests();

    /// <summary>The runs of records, in the order in which they came.</summary>
    public ResultRuns Runs => new(Content[_sections.Records].Span, _requestShapes);

    private ReadOnlyMemory<byte> Content
    {
        get
        {
            ObjectDisposedException.ThrowIf(_frame.IsEmpty, this);
            return _content;
        }
    }

    /// <summary>How long the block is that begins with these octets, so that one knows how much to read from a stream.</summary>
    /// <param name="prefix">At least <see cref="PrefixLength"/> octets.</param>
    /// <param name="length">The block's length with the prefix, if it is a block's.</param>
    /// <returns>Why they are not the beginning of a block; <see cref="ResultBlockError.None"/> where they are.</returns>
    public static ResultBlockError TryReadLength(ReadOnlySpan<byte> prefix, out int length)
    {
        length = 0;
        if (prefix.Length < PrefixLength)
        {
            return ResultBlockError.Truncated;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(prefix) != BlockLayout.Magic)
        {
            return ResultBlockError.NotABlock;
        }

        var flags = BinaryPrimitives.ReadUInt16LittleEndian(prefix[BlockLayout.FlagsAt..]);
        if (prefix[BlockLayout.MajorAt] != BlockLayout.Major || (flags & BlockLayout.CriticalFlags & ~BlockLayout.CompressedFlag) != 0)
        {
            return ResultBlockError.UnsupportedVersion;
        }

        length = BinaryPrimitives.ReadInt32LittleEndian(prefix[BlockLayout.LengthAt..]);
        return length is >= BlockLayout.HeaderLength and <= MaxLength ? ResultBlockError.None : ResultBlockError.InvalidLength;
    }

    /// <summary>Reads a block where it lies.</summary>
    /// <param name="octets">The block, and whatever follows it; they must stay as they are while the block is read.</param>
    /// <exception cref="ResultBlockException">They are no block that this library reads.</exception>
    public static ResultBlock Read(ReadOnlyMemory<byte> octets)
    {
        var error = TryRead(octets, out var block);
        return error == ResultBlockError.None ? block! : throw new ResultBlockException(error);
    }

    /// <summary>Reads a block where it lies.</summary>
    /// <param name="octets">The block, and whatever follows it; they must stay as they are while the block is read.</param>
    /// <param name="block">The block, or <see langword="null"/>.</param>
    /// <returns>Why they are no block; <see cref="ResultBlockError.None"/> where they are one.</returns>
    public static ResultBlockError TryRead(ReadOnlyMemory<byte> octets, out ResultBlock? block)
    {
        block = null;
        var error = TryReadLength(octets.Span, out var length);
        if (error == ResultBlockError.None && octets.Length < length)
        {
            error = ResultBlockError.Truncated;
        }

        if (error != ResultBlockError.None)
        {
            return error;
        }

        var candidate = new ResultBlock(octets[..length]);
        error = candidate.TryOpen();
        if (error == ResultBlockError.None)
        {
            block = candidate;
        }
        else
        {
            candidate.Dispose();
        }

        return error;
    }

    /// <summary>Gives the memory back. What was read in place must not be used any more.</summary>
    public void Dispose()
    {
        _frame = _content = default;
        Return(ref _ownedFrame);
        Return(ref _ownedContent);
    }

    /// <summary>Makes a block of what a writer wrote: pooled memory, which becomes the block's.</summary>
    /// <param name="octets">The header and the content.</param>
    /// <param name="packed">The frame, if it is another: the compressed one.</param>
    /// <param name="length">The length of the frame.</param>
    internal static ResultBlock Own(byte[] octets, byte[]? packed, int length)
    {
        var block = new ResultBlock(new ReadOnlyMemory<byte>(packed ?? octets, 0, length)) { _ownedFrame = packed ?? octets };
        if (packed is not null)
        {
            block._ownedContent = octets;
        }

        var contentLength = BinaryPrimitives.ReadInt32LittleEndian(octets.AsSpan(BlockLayout.ContentLengthAt));
        block._content = new ReadOnlyMemory<byte>(octets, BlockLayout.HeaderLength, contentLength);
        var error = block.ReadSections();
        return error == ResultBlockError.None ? block : throw new ResultBlockException(error);
    }

    private static void Return(ref byte[]? owned)
    {
        if (Interlocked.Exchange(ref owned, null) is { } octets)
        {
            ArrayPool<byte>.Shared.Return(octets);
        }
    }
}
