using System.Buffers.Binary;

namespace Connections.NetSnmp.Worker.Pipes;

/// <summary>Messages on a pipe: four octets of length, one of kind, and the content.</summary>
internal static class PipeFrames
{
    internal const byte Configure = 1;
    internal const byte Exchange = 2;
    internal const byte Cancel = 3;
    internal const byte Reply = 4;

    private const int HeaderLength = sizeof(int) + 1;
    private const int LargestContent = 64 * 1024 * 1024;

    /// <summary>Writes one message at once.</summary>
    public static byte[] Join(byte kind, ReadOnlySpan<byte> content)
    {
        var frame = new byte[HeaderLength + content.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, content.Length);
        frame[sizeof(int)] = kind;
        content.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>Reads one message.</summary>
    /// <exception cref="EndOfStreamException">The pipe has ended.</exception>
    /// <exception cref="InvalidDataException">This is no message.</exception>
    public static async ValueTask<(byte Kind, byte[] Content)> ReadAsync(Stream pipe, CancellationToken cancellationToken = default)
    {
        var header = new byte[HeaderLength];
        await pipe.ReadExactlyAsync(header, cancellationToken).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < 0 or > LargestContent)
        {
            throw new InvalidDataException("The other side of the pipe sends no messages.");
        }

        var content = new byte[length];
        await pipe.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
        return (header[sizeof(int)], content);
    }
}
