using System.Collections.Frozen;

namespace Connections;

/// <summary>What a device asks for before it answers. Compared by value; its text form shows no secret.</summary>
public sealed record Credentials
{
    /// <summary>The user to log in as.</summary>
    public string? Username { get; init; }

    /// <summary>The password of <see cref="Username"/>.</summary>
    public Secret? Password { get; init; }

    /// <summary>Further secrets by name, such as <c>community</c>.</summary>
    public IReadOnlyDictionary<string, Secret> Values { get; init; } = FrozenDictionary<string, Secret>.Empty;

    /// <inheritdoc/>
    public bool Equals(Credentials? other) =>
        other is not null
        && Username == other.Username
        && Equals(Password, other.Password)
        && ValueDictionary.Equal(Values, other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Username, Password, ValueDictionary.Hash(Values));

    /// <summary>The user's name, and the names of the secrets.</summary>
    public override string ToString() => $"{Username ?? "(no user)"} [{string.Join(", ", Values.Keys)}]";
}
