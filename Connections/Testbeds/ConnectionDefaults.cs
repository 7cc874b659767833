namespace Connections.Testbeds;

/// <summary>What <c>defaults</c> says of the connections of a device: the nearest of the device's connections, the device and the
/// testbed counts, for each value apart.</summary>
public sealed record ConnectionDefaults
{
    /// <summary>The connection class of a connection that names none.</summary>
    public string? Class { get; init; }

    /// <summary>The alias of a connection that is opened without one.</summary>
    public string? Alias { get; init; }

    /// <summary>The connection to open when none is named; a key of <see cref="DeviceDefinition.Connections"/>.</summary>
    public string? Via { get; init; }
}
