using System.Net;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp;

/// <summary>How an agent is spoken to. Immutable; every value is checked when a target is made of it.</summary>
public sealed record SnmpOptions
{
    internal const int MostCombined = 1_000;

    internal static SnmpOptions Default { get; } = new();

    /// <summary>The version; <see cref="SnmpVersion.V2c"/> by default. <see cref="SnmpVersion.V3"/> needs a <see cref="User"/>, and the others have none.</summary>
    public SnmpVersion Version { get; init; } = SnmpVersion.V2c;

    /// <summary>The community, <c>public</c> by default; sent as UTF-8. SNMPv3 has none.</summary>
    public Secret Community { get; init; } = new("public");

    /// <summary>
    /// In whose name the agent is asked by SNMPv3, how messages are protected, and in which context (RFC 3414). The agent's engine ID is discovered
    /// with the first request unless the user says it, and its time is kept in step.
    /// </summary>
    public SnmpUser? User { get; init; }

    /// <summary>What messages travel in; <see cref="SnmpTransport.Udp"/> by default.</summary>
    public SnmpTransport Transport { get; init; }

    /// <summary>
    /// How long the first attempt waits, 1 ms to 1 h. Over TCP nothing is lost while a connection lasts: there an attempt waits for as long as it and those after it
    /// would, and the next one begins when the connection is lost.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a request is sent again, 0 to 100.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>By what each further attempt waits longer, 1 to 10.</summary>
    public double Backoff { get; init; } = 1.5;

    /// <summary>
    /// When a request fails at the latest, over all attempts and any time that it waits for room in flight. By default there is no
    /// such limit beyond the attempts' own.
    /// </summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Whether a SET is sent again too. An agent that received both may carry it out twice, so it is not by default.</summary>
    public bool RetransmitsSets { get; init; }

    /// <summary>
    /// How many varbinds of each root a reply to a walk holds at most, 1 to 65535; by default as many as <see cref="MaxReplySize"/> allows.
    /// </summary>
    public int? MaxRepetitions { get; init; }

    /// <summary>
    /// How large the replies to walks are to be at most, in octets: 484 to 65,507. Up to 1,400, the default, a reply fits one frame of
    /// most networks. Larger ones are faster, but lost whole with any of their fragments: the engine grows to them step by step, as far as they
    /// arrive.
    /// </summary>
    public int MaxReplySize { get; init; } = ReplySizing.Usual;

    /// <summary>How many requests the device is sent at once at most, at least 1; by default there is no such limit. Further ones wait, in order.</summary>
    public int MaxInFlight { get; init; } = int.MaxValue;

    /// <summary>How long after a request the next one is sent at the earliest, up to 1 h; zero, the default, for at once. Retransmissions do not count.</summary>
    public TimeSpan MinInterval { get; init; }

    /// <summary>
    /// How long a device is left alone after a request that it did not answer at all, up to 1 h; none by default. Until it answers again, one request
    /// at a time is sent to it in any case; the others wait as long as they would for an answer.
    /// </summary>
    public TimeSpan SilencePause { get; init; }

    /// <summary>
    /// How many varbinds GETs that wait for their turn at the device may be combined to in one request, 1 to 1,000; 1, the default, combines none. It saves packets where
    /// many callers ask the same device: what comes at the same time, or while <see cref="MaxInFlight"/> holds it back, travels together, in the order of the calls. Each
    /// caller gets its own answer all the same; where the combined request is refused or lost, each GET is sent by itself. Whoever asks alone waits some microseconds longer.
    /// </summary>
    public int MaxCombined { get; init; } = 1;

    /// <summary>The address of this machine that requests leave from; <see langword="null"/> lets the system choose. It must be of the device's family.</summary>
    public IPAddress? Source { get; init; }

    /// <summary>How the device departs from the standards; by default it does not.</summary>
    public DeviceProfile Profile { get; init; } = DeviceProfile.Standard;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    /// <exception cref="ArgumentException">The user is missing, is not wanted, or is wrong in itself.</exception>
    internal void Validate()
    {
        ValidateVersion();
        if (!Enum.IsDefined(Transport))
        {
            throw new ArgumentOutOfRangeException(nameof(Transport), Transport, "There is no such transport.");
        }

        ArgumentNullException.ThrowIfNull(Community);
        CheckRange(Timeout, nameof(Timeout));
        if (Deadline is { } deadline)
        {
            CheckRange(deadline, nameof(Deadline));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Retries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Retries, 100);
        ValidatePages();
        ValidatePacing();
        ArgumentNullException.ThrowIfNull(Profile);
        Profile.Validate();
        if (Backoff is not (>= 1 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(Backoff), Backoff, "The factor must be from 1 to 10.");
        }
    }

    private void ValidateVersion()
    {
        if (!Enum.IsDefined(Version))
        {
            throw new ArgumentOutOfRangeException(nameof(Version), Version, "This version is not supported; v1, v2c and v3 are.");
        }

        if (User is null != (Version != SnmpVersion.V3))
        {
            throw new ArgumentException(User is null ? "SNMPv3 needs a user." : $"A user is given, but SNMP{Version} has none; use V3.", nameof(User));
        }

        User?.Validate();
    }

    private void ValidatePages()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRepetitions ?? 1, nameof(MaxRepetitions));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRepetitions ?? 1, ushort.MaxValue, nameof(MaxRepetitions));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxReplySize, ReplySizing.Least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxReplySize, DeviceProfile.LargestMessage);
    }

    private void ValidatePacing()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxInFlight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCombined);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxCombined, MostCombined);
        CheckPause(MinInterval, nameof(MinInterval));
        CheckPause(SilencePause, nameof(SilencePause));
    }

    private static void CheckPause(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero || time > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(name, time, "The time must be from 0 to 1 h.");
        }
    }

    internal static void CheckRange(TimeSpan time, string name)
    {
        if (time < TimeSpan.FromMilliseconds(1) || time > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(name, time, "The time must be from 1 ms to 1 h.");
        }
    }
}
