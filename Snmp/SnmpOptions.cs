using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>How an agent is spoken to. Immutable; every value is checked when a target is made of it.</summary>
public sealed record SnmpOptions
{
    /// <summary>The number of varbinds that a walk asks for at once, unless told otherwise.</summary>
    public const int DefaultMaxRepetitions = 25;

    internal static SnmpOptions Default { get; } = new();

    /// <summary>The version: <see cref="SnmpVersion.V1"/> or <see cref="SnmpVersion.V2c"/>.</summary>
    public SnmpVersion Version { get; init; } = SnmpVersion.V2c;

    /// <summary>The community, <c>public</c> by default; sent as UTF-8.</summary>
    public Secret Community { get; init; } = new("public");

    /// <summary>How long the first attempt waits, 1 ms to 1 h.</summary>
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

    /// <summary>How many varbinds a reply to a walk holds at most, 1 to 65535.</summary>
    public int MaxRepetitions { get; init; } = DefaultMaxRepetitions;

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        if (Version is not (SnmpVersion.V1 or SnmpVersion.V2c))
        {
            throw new ArgumentOutOfRangeException(nameof(Version), Version, "This version is not supported; v1 and v2c are.");
        }

        ArgumentNullException.ThrowIfNull(Community);
        CheckRange(Timeout, nameof(Timeout));
        if (Deadline is { } deadline)
        {
            CheckRange(deadline, nameof(Deadline));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(Retries);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Retries, 100);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxRepetitions);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxRepetitions, ushort.MaxValue);
        if (Backoff is not (>= 1 and <= 10))
        {
            throw new ArgumentOutOfRangeException(nameof(Backoff), Backoff, "The factor must be from 1 to 10.");
        }
    }

    private static void CheckRange(TimeSpan time, string name)
    {
        if (time < TimeSpan.FromMilliseconds(1) || time > TimeSpan.FromHours(1))
        {
            throw new ArgumentOutOfRangeException(name, time, "The time must be from 1 ms to 1 h.");
        }
    }
}
