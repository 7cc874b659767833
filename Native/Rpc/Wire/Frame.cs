using System.Buffers.Binary;

namespace Connections.Native.Rpc.Wire;

/// <summary>The head of every message, 24 bytes, little-endian; a body may follow.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Call">Which call it is about: a number of the client's choice.</param>
/// <param name="Argument">For a call, the method; for a credit, how many; for a refusal, why.</param>
/// <param name="Seat">For a call in shared memory, the place at the server that the client has claimed.</param>
/// <param name="Claim">The word that proves the claim.</param>
internal readonly record struct Frame(FrameKind Kind, uint Call, uint Argument = 0, uint Seat = 0, ulong Claim = 0)
{
    /// <summary>The size of a head in bytes.</summary>
    public const int Size = 24;

    private const int CallOffset = 4;
    private const int ArgumentOffset = 8;
    private const int SeatOffset = 12;
    private const int ClaimOffset = 16;

    /// <summary>Writes the head.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Kind);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[CallOffset..], Call);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ArgumentOffset..], Argument);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[SeatOffset..], Seat);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[ClaimOffset..], Claim);
    }

    /// <summary>Reads the head of a message.</summary>
    /// <exception cref="RpcProtocolException">The message is too short, or of no known kind.</exception>
    public static Frame Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < Size)
        {
            throw new RpcProtocolException($"A message of {message.Length} bytes was received, and none has fewer than {Size}: the peer does not speak this protocol.");
        }

        var kind = BinaryPrimitives.ReadUInt32LittleEndian(message);
        if (kind is not (>= (uint)FrameKind.Hello and <= (uint)FrameKind.Credit or >= (uint)FrameKind.Welcome and <= (uint)FrameKind.Failure))
        {
            throw new RpcProtocolException($"A message of the unknown kind {kind} was received: the peer does not speak this protocol.");
        }

        return new Frame(
            (FrameKind)kind,
            BinaryPrimitives.ReadUInt32LittleEndian(message[CallOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(message[ArgumentOffset..]),
            BinaryPrimitives.ReadUInt32LittleEndian(message[SeatOffset..]),
            BinaryPrimitives.ReadUInt64LittleEndian(message[ClaimOffset..]));
    }
}
