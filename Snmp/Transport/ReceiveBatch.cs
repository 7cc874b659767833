using System.Runtime.CompilerServices;

namespace Connections.Snmp.Transport;

/// <summary>Room for a number of datagrams to be received at once. One thread uses it; spans of it live until the next receive.</summary>
internal sealed unsafe class ReceiveBatch : IDisposable
{
    internal const int DefaultCapacity = 64;
    internal const int LargestDatagram = 65_536;

    // Datagrams that begin a power of two apart would push each other out of the processor's cache.
    private const int Stagger = 5 * 64;

    /// <summary>Makes room for <paramref name="capacity"/> datagrams of <paramref name="datagramSize"/> octets each; longer ones are cut.</summary>
    internal ReceiveBatch(int capacity = DefaultCapacity, int datagramSize = LargestDatagram)
    {
        DatagramSize = datagramSize;
        Used = capacity;
        var stride = datagramSize + Stagger;
        Messages = new MessageVector(capacity, checked(capacity * stride));
        for (var i = 0; i < capacity; i++)
        {
            Messages.Vectors[i].Base = Messages.Buffer + (nint)i * stride;
            Messages.Vectors[i].Length = (nuint)datagramSize;
        }
    }

    internal int Capacity => Messages.Capacity;
    internal int DatagramSize { get; }

    /// <summary>How many datagrams the last receive brought.</summary>
    internal int Count { get; set; }

    /// <summary>How many headers the kernel has written to since they were made ready for it.</summary>
    internal int Used { get; set; }

    internal MessageVector Messages { get; }

    /// <summary>The octets of datagram <paramref name="index"/>, fewer than were sent if <see cref="IsTruncated"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<byte> Datagram(int index) => Messages.Datagram(Checked(index), (int)Messages.Headers[index].Length);

    /// <summary>Adds what did not come from the system as a datagram; there must be room, and it must not be larger than <see cref="DatagramSize"/>.</summary>
    internal void Add(ReadOnlySpan<byte> datagram, in DatagramEndPoint peer)
    {
        datagram.CopyTo(Messages.Datagram(Count, DatagramSize));
        Messages.Headers[Count].Length = (uint)datagram.Length;
        Messages.Headers[Count].Header.Flags = 0;
        Messages.Peers[Count++] = peer;
    }

    /// <summary>Who sent datagram <paramref name="index"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly DatagramEndPoint Peer(int index) => ref Messages.Peers[Checked(index)];

    /// <summary>The local address that datagram <paramref name="index"/> came to, where the socket reports it; its port is 0.</summary>
    internal ref readonly DatagramEndPoint Local(int index) => ref Messages.Locals[Checked(index)];

    internal bool IsTruncated(int index) => (Messages.Headers[Checked(index)].Header.Flags & Linux.Libc.MSG_TRUNC) != 0;

    public void Dispose() => Messages.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return index;
    }
}
