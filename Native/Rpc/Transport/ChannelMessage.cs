using System.Buffers;

namespace Connections.Native.Rpc.Transport;

/// <summary>A message as it was received, in a buffer that belongs to whoever has received it, or the end of the channel.</summary>
/// <param name="buffer">A pooled array; null for the end.</param>
/// <param name="length">The length of the message in it.</param>
internal readonly struct ChannelMessage(byte[]? buffer, int length)
{
    /// <summary>Whether the peer has ended the channel, and nothing follows.</summary>
    public bool IsEnd => buffer is null;

    /// <summary>The message, until it is given back.</summary>
    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <summary>Copies a message into a pooled buffer.</summary>
    public static ChannelMessage CopyOf(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(buffer);
        return new ChannelMessage(buffer, bytes.Length);
    }

    /// <summary>Gives the buffer back; once, and by one of those who have copies of this.</summary>
    public void Return()
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
