using System.Collections.Frozen;

namespace Connections;

/// <summary>What is known of a device: its connections, and which of them is meant when a call names none. Immutable.</summary>
public sealed record DeviceSettings
{
    /// <summary>The name of the device.</summary>
    public required string Name { get; init; }

    /// <summary>The connections defined for it, by the name under which they are defined.</summary>
    public IReadOnlyDictionary<string, ConnectionSettings> Connections { get; init; } = FrozenDictionary<string, ConnectionSettings>.Empty;

    /// <summary>The alias of a call that names none; <c>default</c> if this is null.</summary>
    public string? DefaultAlias { get; init; }

    /// <summary>The defined connection of a call that names none.</summary>
    public string? DefaultVia { get; init; }

    /// <summary>The class of a connection that names none.</summary>
    public string? DefaultClass { get; init; }
}
