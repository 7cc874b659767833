namespace Connections.Testbeds;

/// <summary>A device as its testbed describes it, after markup, credentials and defaults. Immutable.</summary>
public sealed class DeviceDefinition
{
    internal DeviceDefinition(string name, TestbedMapping node)
    {
        Name = name;
        Node = node;
    }

    /// <summary>The name, a key of <c>devices</c>.</summary>
    public string Name { get; }

    /// <summary>Another name for the device within the testbed, such as <c>uut</c>.</summary>
    public string? Alias { get; internal init; }

    /// <summary>The kind of device, such as <c>router</c>.</summary>
    public string? Type { get; internal init; }

    /// <summary>The operating system, such as <c>iosxe</c>.</summary>
    public string? Os { get; internal init; }

    /// <summary>The platform, such as <c>cat9k</c>.</summary>
    public string? Platform { get; internal init; }

    /// <summary>What the device is for in this testbed.</summary>
    public string? Role { get; internal init; }

    /// <summary>Its connections by alias, in the order in which they were written.</summary>
    public IReadOnlyDictionary<string, ConnectionSettings> Connections { get; internal init; } = new OrderedDictionary<string, ConnectionSettings>();

    /// <summary>Its defaults, those of the testbed included.</summary>
    public ConnectionDefaults Defaults { get; internal init; } = new();

    /// <summary>What a <see cref="Device"/> is made of.</summary>
    public DeviceSettings Settings => new()
    {
        Name = Name,
        Connections = Connections,
        DefaultAlias = Defaults.Alias,
        DefaultVia = Defaults.Via,
        DefaultClass = Defaults.Class,
    };

    /// <summary>Its credentials by name, those of the testbed included.</summary>
    public IReadOnlyDictionary<string, Credentials> Credentials { get; internal init; } = new Dictionary<string, Credentials>();

    /// <summary>How it is simulated; null for a real device.</summary>
    public SimulationOptions? Simulation { get; internal init; }

    /// <summary>What stands under <c>custom</c>; empty when nothing does.</summary>
    public required TestbedMapping Custom { get; init; }

    /// <summary>All of it after markup, further keys included. It holds the secrets, which its text forms do not show.</summary>
    public TestbedMapping Node { get; }
}
