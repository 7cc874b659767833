using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent;

/// <summary>What a simulated device is: its name, address, variables, and how well it answers.</summary>
public sealed record SimulatedDeviceOptions
{
    /// <summary>The smallest <see cref="MaxMessageSize"/>: what every SNMP entity must accept (RFC 3417 section 3.2).</summary>
    public const int LeastMessageSize = 484;

    /// <summary>The largest <see cref="MaxMessageSize"/>: what a UDP datagram over IPv4 carries.</summary>
    public const int MostMessageSize = 65_507;

    private const int LongestContext = 255;

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

    /// <summary>Whether the device answers SNMPv1; yes by default.</summary>
    public bool SpeaksV1 { get; init; } = true;

    /// <summary>Whether the device answers SNMPv2c; yes by default.</summary>
    public bool SpeaksV2c { get; init; } = true;

    /// <summary>
    /// The users of SNMPv3, each name once; none by default: then the device does not speak SNMPv3. A device with users has variables of its SNMP engine too, in the default
    /// context: the snmpEngine group (RFC 3411) and the counters of what it refused (RFC 3412, RFC 3413, RFC 3414), in place of those in <see cref="Data"/>.
    /// </summary>
    public IReadOnlyList<SimulatedUser> Users { get; init; } = [];

    /// <summary>
    /// The name of the device's SNMP engine. By default one that is made of its address and port, so that no two devices of one machine share it; they do where it is given
    /// to several.
    /// </summary>
    public SnmpEngineId EngineId { get; init; }

    /// <summary>How often the device has started, this time included (snmpEngineBoots, RFC 3414 section 2.2.2), from 1 to <see cref="int.MaxValue"/>; 1 by default.</summary>
    public int Boots { get; init; } = 1;

    /// <summary>
    /// The variables of contexts other than the default one, by context name, which messages of SNMPv3 may ask for (RFC 3411 section 3.3.1); none by default.
    /// </summary>
    public IReadOnlyDictionary<string, MibData> Contexts { get; init; } = ImmutableDictionary<string, MibData>.Empty;

    /// <summary>
    /// Whether a request for a context that the device does not have is met with silence, as some agents do it; by default with a Report of snmpUnknownContexts (RFC 3413
    /// section 3.2).
    /// </summary>
    public bool IgnoresUnknownContexts { get; init; }

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

    /// <summary>The name of the engine of a device at an endpoint.</summary>
    internal SnmpEngineId EngineIdAt(IPEndPoint endPoint)
    {
        // The enterprise of examples (RFC 5612).
        const uint Enterprise = 32473;
        var port = endPoint.Port;
        return EngineId.IsEmpty
            ? SnmpEngineId.Create(Enterprise, [.. endPoint.Address.GetAddressBytes(), (byte)(port >> 8), (byte)port])
            : EngineId;
    }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Name);
        ArgumentNullException.ThrowIfNull(Data);
        ArgumentNullException.ThrowIfNull(ReadCommunity);
        ArgumentNullException.ThrowIfNull(Faults);
        ValidateUsers();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Boots);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageSize, LeastMessageSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxMessageSize, MostMessageSize);
        if (EndPoint is not null && !IPAddress.IsLoopback(EndPoint.Address))
        {
            throw new ArgumentException(
                $"The simulated device '{Name}' cannot be at {EndPoint.Address}: the agent listens on loopback addresses alone (127.x.y.z or ::1).");
        }
    }

    private void ValidateUsers()
    {
        ArgumentNullException.ThrowIfNull(Users);
        ArgumentNullException.ThrowIfNull(Contexts);
        var names = new HashSet<string>();
        foreach (var user in Users.Select(simulated => simulated.User))
        {
            user.Validate();
            if (!names.Add(user.Name))
            {
                throw new ArgumentException($"The simulated device '{Name}' has the user '{user.Name}' twice.");
            }
        }

        foreach (var (context, data) in Contexts)
        {
            ArgumentNullException.ThrowIfNull(data);
            if (context.Length == 0 || Encoding.UTF8.GetByteCount(context) > LongestContext)
            {
                throw new ArgumentException(
                    $"The simulated device '{Name}' has a context named '{context}': a name has 1 to {LongestContext} octets, and the context without one is {nameof(Data)}.");
            }
        }
    }
}
