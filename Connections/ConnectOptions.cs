using System.Collections.Frozen;

namespace Connections;

/// <summary>Which connection to make, and what to change of its definition.</summary>
public sealed record ConnectOptions
{
    /// <summary>The name by which callers will ask for it; the device's default alias if null.</summary>
    public string? Alias { get; init; }

    /// <summary>
    /// The defined connection to use. If null: the one that is named like the alias, else the device's default, else the only one.
    /// </summary>
    public string? Via { get; init; }

    /// <summary>The number of workers under the alias, at least 1; null for what the definition says.</summary>
    public int? PoolSize { get; init; }

    /// <summary>How long a call waits for a free worker; null for what the definition says.</summary>
    public TimeSpan? PoolTimeout { get; init; }

    /// <summary>Arguments of the connection's class besides those of its definition, which they replace where they have the same name.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; init; } = FrozenDictionary<string, string>.Empty;
}
