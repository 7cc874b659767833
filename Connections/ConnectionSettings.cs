using System.Collections.Frozen;

namespace Connections;

/// <summary>
/// All that is known of one connection before it is made: what a testbed says of it, after markup, or what a program sets.
/// Immutable, compared by value.
/// </summary>
public sealed record ConnectionSettings
{
    /// <summary>The alias of a connection that was given none.</summary>
    public const string DefaultAlias = "default";

    /// <summary>The name of the argument that <see cref="IsShared"/> reads.</summary>
    public const string SharedArgument = "shared";

    /// <summary>The name of the argument that says how long a lease of a shared pool's worker may stay unused.</summary>
    public const string LeaseTimeoutArgument = "lease_timeout";

    /// <summary>The device that the connection leads to.</summary>
    public required string DeviceName { get; init; }

    /// <summary>The name by which callers ask for the connection.</summary>
    public string Alias { get; init; } = DefaultAlias;

    /// <summary>The name under which the testbed defines the connection; several aliases may lead over one.</summary>
    public string Via { get; init; } = DefaultAlias;

    /// <summary>The registered name of the connection class; <see langword="null"/> to go by the call or by the defaults.</summary>
    public string? Class { get; init; }

    /// <summary>The protocol, such as <c>snmp</c>, <c>ssh</c> or <c>telnet</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>A host name, or an IPv4 or IPv6 address without brackets.</summary>
    public string? Host { get; init; }

    /// <summary>A port from 1 to 65535; <see langword="null"/> for the protocol's own.</summary>
    public int? Port { get; init; }

    /// <summary>The number of workers under the alias; <see langword="null"/> for one plain connection without a pool.</summary>
    public int? PoolSize { get; init; }

    /// <summary>
    /// How long a call waits for a free worker, or, where processes take turns (<see cref="SharedBy"/>), for the others to let go, unless it has a timeout of its
    /// own; <see langword="null"/> for as long as it takes.
    /// </summary>
    public TimeSpan? PoolTimeout { get; init; }

    /// <summary>What the device asks for.</summary>
    public Credentials? Credentials { get; init; }

    /// <summary>All credentials in sight of the connection by name, such as <c>default</c> and <c>enable</c>.</summary>
    public IReadOnlyDictionary<string, Credentials> CredentialsByName { get; init; } = FrozenDictionary<string, Credentials>.Empty;

    /// <summary>All further settings by name; nested ones are dotted (<c>a.b</c>).</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>Whether the argument <c>shared</c> is true: one process of the machine has the connection, and all others use it there.</summary>
    public bool IsShared => Arguments.TryGetValue(SharedArgument, out var text) && bool.TryParse(text, out var isShared) && isShared;

    /// <summary>
    /// What processes take turns on the connection by: <c>host</c> for those of this machine, or the address of a server that keeps locks, such as
    /// <c>postgres://user@server/lab</c>; null for a connection of this process alone. No place for a secret. See <see cref="Locking.LockScopes"/>.
    /// </summary>
    public string? SharedBy { get; init; }

    /// <summary>The same connection without what says that and how it is shared: as the one process makes it that has it.</summary>
    public ConnectionSettings WithoutSharing() => this with
    {
        Arguments = Arguments.Where(static argument => argument.Key is not (SharedArgument or LeaseTimeoutArgument)).ToFrozenDictionary(StringComparer.Ordinal),
    };

    /// <summary>The operating system of the device, such as <c>iosxe</c>; <see langword="null"/> if it is not known.</summary>
    public string? Os { get; init; }

    /// <summary>The platform of the device, such as <c>cat9k</c>; <see langword="null"/> if it is not known.</summary>
    public string? Platform { get; init; }

    /// <summary>Whether the device is simulated inside the process.</summary>
    public bool Simulated { get; init; }

    /// <summary>The names of the members in which two settings differ, for messages: names only, since a value may be secret.</summary>
    public IReadOnlyList<string> DifferencesFrom(ConnectionSettings other)
    {
        ArgumentNullException.ThrowIfNull(other);
        (string Name, bool Same)[] members =
        [
            ("device", DeviceName == other.DeviceName),
            ("alias", Alias == other.Alias),
            ("via", Via == other.Via),
            ("class", Class == other.Class),
            ("protocol", Protocol == other.Protocol),
            ("host", Host == other.Host),
            ("port", Port == other.Port),
            ("pool_size", PoolSize == other.PoolSize),
            ("pool_timeout", PoolTimeout == other.PoolTimeout),
            ("credentials", Equals(Credentials, other.Credentials) && ValueDictionary.Equal(CredentialsByName, other.CredentialsByName)),
            ("arguments", ValueDictionary.Equal(Arguments, other.Arguments)),
            ("shared", SharedBy == other.SharedBy),
            ("os", Os == other.Os),
            ("platform", Platform == other.Platform),
            ("simulated", Simulated == other.Simulated),
        ];
        return [.. members.Where(static member => !member.Same).Select(static member => member.Name)];
    }

    /// <inheritdoc/>
    public bool Equals(ConnectionSettings? other) => other is not null && DifferencesFrom(other).Count == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(DeviceName, Alias, Via, Host, Port, ValueDictionary.Hash(Arguments));
}
