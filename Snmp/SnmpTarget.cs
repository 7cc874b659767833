using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Transport;

namespace Connections.Snmp;

/// <summary>An agent and how it is spoken to: what the engine needs to know of it, worked out once. Immutable and thread-safe.</summary>
public sealed class SnmpTarget
{
    // What stands in a reply beside its varbinds: in all versions, and in SNMPv3 besides, where engine IDs have 32 octets at most.
    private const int CommonOctets = 40;
    private const int SecuredOctets = 40 + 2 * 32;

    private readonly byte[] _community;
    private OtherAttempts? _other;

    /// <summary>Makes a target of an address.</summary>
    /// <param name="endPoint">Where the agent listens.</param>
    /// <param name="options">How it is spoken to; the defaults if null.</param>
    /// <param name="device">The device's name, for messages.</param>
    /// <param name="alias">The connection's alias, for messages.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of the options is out of its range, or the port is 0.</exception>
    /// <exception cref="ArgumentException">The source address is of another family than the agent's, or the user is missing or wrong.</exception>
    public SnmpTarget(IPEndPoint endPoint, SnmpOptions? options = null, string? device = null, string? alias = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentOutOfRangeException.ThrowIfZero(endPoint.Port, nameof(endPoint));
        Options = options ?? SnmpOptions.Default;
        Options.Validate();
        EndPoint = endPoint;
        Address = DatagramEndPoint.From(endPoint);
        Source = SourceFor(Address.Family, Options.Source);
        Device = device;
        Alias = alias;
        _community = Options.User is null ? Encoding.UTF8.GetBytes(Options.Community.Reveal()) : [];
        EnvelopeOctets = CommonOctets + (Options.User is { } user ? OctetsFor(user) : _community.Length);
        SetAttempts(Options.Timeout, Options.Retries, Options.Backoff);
        DeadlineMilliseconds = Options.Deadline is { } deadline ? (long)Math.Ceiling(deadline.TotalMilliseconds) : null;
        MinIntervalMilliseconds = (long)Math.Ceiling(Options.MinInterval.TotalMilliseconds);
        SilencePauseMilliseconds = (long)Math.Ceiling(Options.SilencePause.TotalMilliseconds);
        MaxReplySize = Math.Min(Options.MaxReplySize, Options.Profile.MaxMessageSize);
    }

    /// <summary>Where the agent listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>How it is spoken to.</summary>
    public SnmpOptions Options { get; }

    /// <summary>The device's name, for messages.</summary>
    public string? Device { get; }

    /// <summary>The connection's alias, for messages.</summary>
    public string? Alias { get; }

    internal readonly DatagramEndPoint Address;

    internal ReadOnlySpan<byte> Community => _community;

    internal SnmpVersion Version => Options.Version;

    /// <summary>What stands in a reply beside its varbinds, about.</summary>
    internal int EnvelopeOctets { get; }

    /// <summary>How long each attempt waits, in milliseconds; as many as there are attempts.</summary>
    internal long[] AttemptTimeouts { get; private set; }

    /// <summary>The sum of all attempts, in milliseconds: also how long a request that is sent once only waits.</summary>
    internal long AllAttemptsTimeout { get; private set; }

    internal long? DeadlineMilliseconds { get; }

    internal long MinIntervalMilliseconds { get; }

    internal long SilencePauseMilliseconds { get; }

    internal int MaxReplySize { get; }

    /// <summary>Where requests leave from; a wildcard lets the system choose.</summary>
    internal IPAddress Source { get; }

    internal bool UsesShortRequestIds => Options.Profile.Uses16BitRequestIds;

    /// <summary>Whether GETs that wait may be combined: they then wait for the I/O thread at least.</summary>
    internal bool Combines => Options.MaxCombined > 1;

    internal bool IsPaced => Options.MaxInFlight != int.MaxValue || MinIntervalMilliseconds > 0;

    /// <summary>The same target, tried as often and as long as a request says. The latest such target is remembered.</summary>
    internal SnmpTarget Trying(SnmpAttempts? attempts)
    {
        if (attempts is null)
        {
            return this;
        }

        if (_other is { } other && other.Attempts == attempts)
        {
            return other.Target;
        }

        var target = (SnmpTarget)MemberwiseClone();
        target._other = null;
        target.SetAttempts(attempts.Timeout, attempts.Retries, attempts.Backoff);
        _other = new(attempts, target);
        return target;
    }

    /// <summary>What the engine that used the target last keeps of its device.</summary>
    internal KnownDevice? EngineDevice { get; set; }

    private sealed record OtherAttempts(SnmpAttempts Attempts, SnmpTarget Target);

    internal sealed record KnownDevice(SnmpEngine Engine, EngineDevice Device, SecuredUser? User);

    /// <summary>The device, the alias and the address, as messages name them; never the community.</summary>
    public override string ToString() => (Device, Alias) switch
    {
        (null, _) => $"The SNMP agent {EndPoint}",
        (_, null) => $"Device '{Device}' (SNMP agent {EndPoint})",
        _ => $"Device '{Device}', connection '{Alias}' (SNMP agent {EndPoint})",
    };

    private static IPAddress SourceFor(AddressFamily family, IPAddress? source)
    {
        if (source is null)
        {
            return family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        }

        return source.AddressFamily == family
            ? source
            : throw new ArgumentException($"The source address {source} is not of the agent's address family ({family}).", nameof(source));
    }

    private static int OctetsFor(SnmpUser user) => SecuredOctets
        + Encoding.UTF8.GetByteCount(user.Name)
        + Encoding.UTF8.GetByteCount(user.ContextName)
        + (user.Level >= SecurityLevel.AuthNoPriv ? AuthenticationAlgorithm.Of(user.Authentication).MacLength : 0)
        + (user.Level == SecurityLevel.AuthPriv ? PrivacyAlgorithm.SaltLength : 0);

    [MemberNotNull(nameof(AttemptTimeouts))]
    private void SetAttempts(TimeSpan first, int retries, double backoff)
    {
        AttemptTimeouts = GetAttemptTimeouts(first, retries, backoff);
        AllAttemptsTimeout = AttemptTimeouts.Sum();
        if (Options.Transport == SnmpTransport.Tcp)
        {
            for (var i = AttemptTimeouts.Length - 2; i >= 0; i--)
            {
                AttemptTimeouts[i] += AttemptTimeouts[i + 1];
            }
        }
    }

    private static long[] GetAttemptTimeouts(TimeSpan first, int retries, double backoff)
    {
        var timeouts = new long[retries + 1];
        var timeout = first.TotalMilliseconds;
        for (var i = 0; i < timeouts.Length; i++)
        {
            timeouts[i] = (long)Math.Ceiling(timeout);
            timeout = Math.Min(timeout * backoff, TimeSpan.FromHours(1).TotalMilliseconds);
        }

        return timeouts;
    }
}
