using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Connections.Snmp.Transport.Linux;

namespace Connections.Snmp.Transport;

/// <summary>
/// The memory of a batch: octets, addresses, control data, and the headers that <c>recvmmsg</c> and <c>sendmmsg</c> take, all
/// outside the garbage collector's heap and linked once. Every implementation uses it; only Linux's passes the headers on.
/// </summary>
internal sealed unsafe class MessageVector : IDisposable
{
    internal const int ControlSize = 64;

    private readonly void* _memory;
    private bool _disposed;

    internal MessageVector(int capacity, int octets)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(octets);
        Capacity = capacity;
        Octets = octets;

        var headers = (nuint)(capacity * sizeof(MultiMessageHeader));
        var vectors = (nuint)(capacity * sizeof(IoVector));
        var names = (nuint)(capacity * sizeof(DatagramEndPoint));
        var control = (nuint)(capacity * ControlSize);
        var small = headers + vectors + names * 2 + control;

        // The octets come last and are not cleared: pages that no datagram ever reaches cost no memory.
        var memory = (byte*)NativeMemory.AlignedAlloc(small + (nuint)octets, 64);
        new Span<byte>(memory, checked((int)small)).Clear();
        _memory = memory;
        Headers = (MultiMessageHeader*)memory;
        Vectors = (IoVector*)(memory += headers);
        Peers = (DatagramEndPoint*)(memory += vectors);
        Locals = (DatagramEndPoint*)(memory += names);
        Control = memory += names;
        Buffer = memory + control;

        for (var i = 0; i < capacity; i++)
        {
            Headers[i].Header.Name = &Peers[i];
            Headers[i].Header.Vectors = &Vectors[i];
            Headers[i].Header.VectorCount = 1;
        }
    }

    ~MessageVector() => Free();

    internal int Capacity { get; }
    internal int Octets { get; }
    internal MultiMessageHeader* Headers { get; }
    internal IoVector* Vectors { get; }
    internal DatagramEndPoint* Peers { get; }
    internal DatagramEndPoint* Locals { get; }
    internal byte* Control { get; }
    internal byte* Buffer { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<byte> Datagram(int index, int length) => new(Vectors[index].Base, length);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        NativeMemory.AlignedFree(_memory);
    }
}
