using System.Net;
using Connections.Snmp.Protocol.Usm;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Snmp.Notifications;

/// <summary>How a listener works, and whom it hears. Immutable; every value is checked when a listener is started.</summary>
public sealed record SnmpNotificationListenerOptions
{
    /// <summary>The port of notifications (RFC 3417 section 3.2): 162. Below 1024, most systems let only privileged processes listen.</summary>
    public const int DefaultPort = 162;

    /// <summary>
    /// Where to listen; port 0 lets the system choose. By default port 162 of all addresses, IPv4 and, where the machine has it, IPv6.
    /// </summary>
    public IReadOnlyList<IPEndPoint>? EndPoints { get; init; }

    /// <summary>
    /// The communities of SNMPv1 and SNMPv2c that are accepted; <see langword="null"/>, the default, accepts any, and an empty list none. A community is no protection: it
    /// travels in the clear, and anyone can forge the datagram.
    /// </summary>
    public IReadOnlyList<Secret>? Communities { get; init; }

    /// <summary>
    /// The users of SNMPv3, none by default. A notification must be protected exactly as its user's protocols provide. A user with an <see cref="SnmpUser.EngineId"/> may send traps
    /// from that engine only, one without from any; one name may stand here several times with different engine IDs. Contexts are not looked at: any is accepted.
    /// </summary>
    public IReadOnlyList<SnmpUser> Users { get; init; } = [];

    /// <summary>
    /// The engine ID of the listener, and how often it was started, for informs of SNMPv3 (<see cref="SnmpEngineIdentity.Open"/> keeps them). The listener does not dispose it. By
    /// default a new engine ID each time, which senders that ask for it learn by themselves.
    /// </summary>
    public SnmpEngineIdentity? Identity { get; init; }

    /// <summary>How many notifications wait to be read at most, at least 1.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>How much memory the notifications that wait to be read take at most, in bytes, by estimate; at least 65,536.</summary>
    public long MaxQueuedBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// How long a repetition is recognised, up to 1 h: of an inform by its source, request-id and content, of a signed trap by its engine, message ID and content. By default 150 s,
    /// as long as a signed message stays valid (RFC 3414 section 2.2.3); zero delivers repetitions anew.
    /// </summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromSeconds(UsmPeer.Window);

    /// <summary>
    /// How many senders of signed traps the listener remembers, with keys and clock, 1 to 1,000,000; a further one takes the place of that heard longest ago. A sender is remembered
    /// only after its signature proved right, so that forgeries take no memory.
    /// </summary>
    public int MaxEngines { get; init; } = 10_000;

    /// <summary>The receive buffer to ask the system for, in bytes, at least 4,096: it holds what comes in a burst.</summary>
    public int ReceiveBufferSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>Where the listener says what it drops, each reason at most once a minute.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Uses the portable sockets although the system has faster calls.</summary>
    internal bool Portable { get; init; }

    /// <summary>Hears nothing but loopback although bound to the wildcard address.</summary>
    internal bool LoopbackOnly { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range, or the users do not make sense.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(QueueCapacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueuedBytes, 65_536);
        ArgumentOutOfRangeException.ThrowIfLessThan(DuplicateWindow, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(DuplicateWindow, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxEngines);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxEngines, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReceiveBufferSize, 4_096);
        ArgumentNullException.ThrowIfNull(Logger);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentNullException.ThrowIfNull(Users);
        if (EndPoints is { Count: 0 })
        {
            throw new ArgumentException("A listener needs at least one end point.", nameof(EndPoints));
        }
    }
}
