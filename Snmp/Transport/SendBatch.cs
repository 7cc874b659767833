namespace Connections.Snmp.Transport;

/// <summary>
/// Datagrams to be sent at once, packed behind each other. Write into <see cref="Free"/>, then <see cref="Commit"/>; when
/// <see cref="HasRoomFor"/> says no, send first. One thread uses it at a time.
/// </summary>
internal sealed unsafe class SendBatch : IDisposable
{
    internal const int DefaultCapacity = 64;
    internal const int LargestDatagram = 65_507;

    private int _used;

    internal SendBatch(int capacity = DefaultCapacity, int octets = 2 * 65_536) =>
        Messages = new MessageVector(capacity, Math.Max(octets, LargestDatagram));

    /// <summary>How many datagrams are committed.</summary>
    internal int Count { get; private set; }

    internal MessageVector Messages { get; }

    /// <summary>The octets left for the next datagram.</summary>
    internal Span<byte> Free => new(Messages.Buffer + _used, Messages.Octets - _used);

    /// <summary>Whether a further datagram of up to <paramref name="length"/> octets fits.</summary>
    internal bool HasRoomFor(int length) => Count < Messages.Capacity && length <= Messages.Octets - _used;

    /// <summary>Adds the first <paramref name="length"/> octets of <see cref="Free"/> as a datagram to <paramref name="peer"/>.</summary>
    /// <param name="length">The datagram's length.</param>
    /// <param name="peer">Where to.</param>
    /// <param name="local">The local address to send from, as <see cref="ReceiveBatch.Local"/> reported it; default lets the system choose.</param>
    internal void Commit(int length, in DatagramEndPoint peer, in DatagramEndPoint local = default)
    {
        if (!HasRoomFor(length))
        {
            throw new InvalidOperationException("The send batch is full.");
        }

        var index = Count++;
        Messages.Vectors[index].Base = Messages.Buffer + _used;
        Messages.Vectors[index].Length = (nuint)length;
        Messages.Peers[index] = peer;
        Messages.Locals[index] = local;
        _used += length;
    }

    /// <summary>Adds a copy of <paramref name="datagram"/>.</summary>
    internal void Add(ReadOnlySpan<byte> datagram, in DatagramEndPoint peer)
    {
        datagram.CopyTo(Free);
        Commit(datagram.Length, peer);
    }

    /// <summary>The octets of datagram <paramref name="index"/>.</summary>
    internal ReadOnlySpan<byte> Datagram(int index) => Messages.Datagram(index, (int)Messages.Vectors[index].Length);

    /// <summary>Where datagram <paramref name="index"/> goes.</summary>
    internal ref readonly DatagramEndPoint Peer(int index) => ref Messages.Peers[index];

    internal void Clear() => Count = _used = 0;

    public void Dispose() => Messages.Dispose();
}
