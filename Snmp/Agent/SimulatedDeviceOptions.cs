using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Connections.Snmp.Agent;

/// <summary>What a simulated device is: its name, address, variables, and how well it answers.</summary>
public sealed record SimulatedDeviceOptions
{
    /// <summary>The smallest <see cref="MaxMessageSize"/>: what every SNMP entity must accept (RFC 3417 section 3.2).</summary>
    public const int LeastMessageSize = 484;

    /// <summary>The largest <see cref="MaxMessageSize"/>: what a UDP datagram over IPv4 carries.</summary>
    public const int MostMessageSize = 65_507;

    /// <summary>The device's name in messages; that of its sysName is up to <see cref="Data"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The device's variables. Several devices may share them: what a SET changes belongs to one device alone.</summary>
    public required MibData Data { get; init; }

    /// <summary>
    /// A loopback address and a port. Port 0 is a port that the agent chooses, the same one for all its devices while their
    /// addresses differ. Null lets the agent choose the address too.
    /// </summary>
    public IPEndPoint? EndPoint { get; init; }

    /// <summary>The community that may read; "public" by default.</summary>
    public Secret ReadCommunity { get; init; } = new("public");

    /// <summary>The community that may read and write; "private" by default, null for a device that nobody may write to.</summary>
    public Secret? WriteCommunity { get; init; } = new("private");

    /// <summary>How long the device takes to answer; none by default.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The most that is added to <see cref="Latency"/>, by chance; none by default.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The probability, from 0 to 1, that a request is lost on its way to the device; 0 by default.</summary>
    public double Loss { get; init; }

    /// <summary>What else the device does wrong; nothing by default.</summary>
    public DeviceFaults Faults { get; init; } = DeviceFaults.None;

    /// <summary>Decides which faults happen and what jitter each request meets; the same seed and requests give the same.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// The largest response in octets, from <see cref="LeastMessageSize"/> to <see cref="MostMessageSize"/>: a GETBULK is cut to it, any other
    /// request whose answer would be larger gets tooBig. By default 8,192.
    /// </summary>
    public int MaxMessageSize { get; init; } = 8_192;

    /// <summary>Is told of each request as it arrives, on the agent's thread: it must be quick and must not throw.</summary>
    public Action<ArrivedRequest>? Observer { get; init; }

    /// <summary>
    /// The same device many times over, sharing its variables: names end in -1, -2, and so on, addresses follow each other from <see cref="EndPoint"/>'s, and each has a
    /// seed of its own. ::1, which nothing follows, stays; there the port must be 0.
    /// </summary>
    /// <param name="count">How many there are, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public IEnumerable<SimulatedDeviceOptions> Repeat(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Enumerable.Range(0, count).Select(index => this with
        {
            Name = $"{Name}-{index + 1}",
            EndPoint = EndPoint is null ? null : Following(EndPoint, (uint)index),
            Seed = unchecked(Seed + index),
        });
    }

    private static IPEndPoint Following(IPEndPoint first, uint distance)
    {
        if (first.AddressFamily != AddressFamily.InterNetwork)
        {
            return first;
        }

        var address = BinaryPrimitives.ReadUInt32BigEndian(first.Address.GetAddressBytes());
        Span<byte> octets = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(octets, unchecked(address + distance));
        return new IPEndPoint(new IPAddress(octets), first.Port);
    }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentNullException.ThrowIfNull(Data);
        ArgumentNullException.ThrowIfNull(ReadCommunity);
        ArgumentNullException.ThrowIfNull(Faults);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageSize, LeastMessageSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessageSize, MostMessageSize);
        if (EndPoint is not null && !IPAddress.IsLoopback(EndPoint.Address))
        {
            throw new ArgumentException(
                $"The simulated device '{Name}' cannot be at {EndPoint.Address}: the agent listens on loopback addresses alone (127.x.y.z or ::1).");
        }
    }
}
