using System.Buffers.Binary;

namespace Connections.NetSnmp.Sharing;

/// <summary>A request to the worker of a lease: eight octets of the lease's number, then the request.</summary>
internal static class LeasedRequest
{
    private const int HeaderLength = sizeof(long);

    /// <summary>The whole request.</summary>
    public static byte[] Join(long lease, ReadOnlySpan<byte> frame)
    {
        var joined = GC.AllocateUninitializedArray<byte>(HeaderLength + frame.Length);
        BinaryPrimitives.WriteInt64LittleEndian(joined, lease);
        frame.CopyTo(joined.AsSpan(HeaderLength));
        return joined;
    }

    /// <summary>Reads what <see cref="Join"/> made.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static long Read(ReadOnlyMemory<byte> joined, out ReadOnlyMemory<byte> frame)
    {
        if (joined.Length <= HeaderLength)
        {
            throw new InvalidDataException("This is no request of a lease.");
        }

        frame = joined[HeaderLength..];
        return BinaryPrimitives.ReadInt64LittleEndian(joined.Span);
    }
}
