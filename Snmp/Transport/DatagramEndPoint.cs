using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport;

/// <summary>
/// An address and port as 32 blittable bytes, in the layout of Linux's <c>sockaddr_in</c> and <c>sockaddr_in6</c>, so that
/// the kernel reads and writes it in place (also the fields that no code here assigns) and comparing two takes no allocation.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DatagramEndPoint : IEquatable<DatagramEndPoint>
{
    internal const int InterNetwork = 2;
    internal const int InterNetworkV6 = 10;
    private const int ByteSize = 32;

    private ushort _family;
    private ushort _port; // network byte order
    private readonly uint _v4AddressOrV6Flow;
    private readonly ulong _v6High;
    private readonly ulong _v6Low;
    private uint _v6Scope;
    private readonly uint _padding;

    /// <summary>The length that the kernel expects of this family's socket address.</summary>
    internal readonly int NativeLength => _family == InterNetworkV6 ? 28 : 16;

    internal readonly AddressFamily Family => _family switch
    {
        InterNetwork => AddressFamily.InterNetwork,
        InterNetworkV6 => AddressFamily.InterNetworkV6,
        _ => AddressFamily.Unspecified,
    };

    internal readonly int Port => BinaryPrimitives.ReverseEndianness(_port);

    /// <summary>Converts; an IPv4 address mapped into IPv6 becomes plain IPv4, which is the socket that reaches it.</summary>
    internal static DatagramEndPoint From(IPEndPoint endPoint) => From(endPoint.Address, endPoint.Port);

    /// <inheritdoc cref="From(IPEndPoint)"/>
    internal static DatagramEndPoint From(IPAddress address, int port)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var result = new DatagramEndPoint { _port = BinaryPrimitives.ReverseEndianness((ushort)port) };
        var bytes = MemoryMarshal.AsBytes(new Span<DatagramEndPoint>(ref result));
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            result._family = InterNetwork;
            address.TryWriteBytes(bytes[4..], out _);
        }
        else
        {
            result._family = InterNetworkV6;
            address.TryWriteBytes(bytes[8..], out _);
            result._v6Scope = (uint)address.ScopeId;
        }

        return result;
    }

    /// <summary>Converts the four octets of an IPv4 address, which allocates nothing: the receive path calls it for each datagram.</summary>
    internal static DatagramEndPoint FromV4(ReadOnlySpan<byte> octets, int port)
    {
        var result = new DatagramEndPoint { _family = InterNetwork, _port = BinaryPrimitives.ReverseEndianness((ushort)port) };
        octets[..4].CopyTo(MemoryMarshal.AsBytes(new Span<DatagramEndPoint>(ref result))[4..]);
        return result;
    }

    internal readonly IPAddress Address
    {
        get
        {
            var copy = this;
            var bytes = MemoryMarshal.AsBytes(new Span<DatagramEndPoint>(ref copy));
            return _family == InterNetworkV6
                ? new IPAddress(bytes.Slice(8, 16), _v6Scope)
                : new IPAddress(bytes.Slice(4, 4));
        }
    }

    internal readonly IPEndPoint ToIPEndPoint() => new(Address, Port);

    /// <summary>The address alone, as network-order octets, into <paramref name="destination"/> (16 bytes): 4 or 16 are written.</summary>
    internal readonly int CopyAddressTo(Span<byte> destination)
    {
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<DatagramEndPoint>(in this));
        var octets = _family == InterNetworkV6 ? bytes.Slice(8, 16) : bytes.Slice(4, 4);
        octets.CopyTo(destination);
        return octets.Length;
    }

    /// <summary>Flow labels are not compared, and a scope only where both sides name one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Equals(DatagramEndPoint other)
    {
        if (_family != other._family || _port != other._port)
        {
            return false;
        }

        if (_family == InterNetwork)
        {
            return _v4AddressOrV6Flow == other._v4AddressOrV6Flow;
        }

        return _v6High == other._v6High && _v6Low == other._v6Low
            && (_v6Scope == other._v6Scope || _v6Scope == 0 || other._v6Scope == 0);
    }

    public override readonly bool Equals(object? obj) => obj is DatagramEndPoint other && Equals(other);

    public override readonly int GetHashCode() => _family == InterNetwork
        ? HashCode.Combine(_port, _v4AddressOrV6Flow)
        : HashCode.Combine(_port, _v6High, _v6Low);

    public override readonly string ToString() => _family == 0 ? "none" : ToIPEndPoint().ToString();

    static DatagramEndPoint()
    {
        if (Unsafe.SizeOf<DatagramEndPoint>() != ByteSize)
        {
            throw new PlatformNotSupportedException("A socket address does not have the expected layout.");
        }
    }
}
