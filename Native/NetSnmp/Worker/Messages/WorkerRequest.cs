using System.Buffers.Binary;

namespace Connections.NetSnmp.Worker.Messages;

/// <summary>One attempt of a request on its way to a worker: five octets, then a message of SNMPv1 or SNMPv2c without community.</summary>
/// <param name="TimeoutMilliseconds">How long to wait for the agent, at least 1.</param>
/// <param name="IsRepeated">Whether an answer to the attempt before is as good.</param>
internal readonly record struct WorkerRequest(uint TimeoutMilliseconds, bool IsRepeated)
{
    internal const int HeaderLength = sizeof(uint) + 1;

    /// <summary>The whole request.</summary>
    public byte[] Join(ReadOnlySpan<byte> message)
    {
        var frame = GC.AllocateUninitializedArray<byte>(HeaderLength + message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame, TimeoutMilliseconds);
        frame[sizeof(uint)] = IsRepeated ? (byte)1 : (byte)0;
        message.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    /// <summary>Reads what <see cref="Join"/> made.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static WorkerRequest Read(ReadOnlySpan<byte> frame, out ReadOnlySpan<byte> message)
    {
        if (frame.Length <= HeaderLength || frame[sizeof(uint)] > 1)
        {
            throw new InvalidDataException("This is no request to a worker.");
        }

        message = frame[HeaderLength..];
        return new(BinaryPrimitives.ReadUInt32LittleEndian(frame), frame[sizeof(uint)] == 1);
    }
}
