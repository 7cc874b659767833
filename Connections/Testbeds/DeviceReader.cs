namespace Connections.Testbeds;

/// <summary>Reads one device: its connections, defaults, credentials and simulation.</summary>
internal static class DeviceReader
{
    private const int MaxInterfaces = 10_000;
    private const string ADevice = "a mapping with 'connections' and further keys";
    private static readonly TimeSpan MaxLatency = TimeSpan.FromMinutes(1);
    private static readonly string[] Guessed = ["connections", "credentials", "defaults", "simulated"];
    internal static readonly string[] SimulationKeys = ["interfaces", "latency", "loss", "snmprec", "terminal"];

    internal static DeviceDefinition Read(
        string name, TestbedNode written, ConnectionDefaults outerDefaults, CredentialScope outerCredentials, TestbedScalar? outerSharing)
    {
        var node = written.AsMapping(ADevice);
        RefuseExtends(node);
        Spelling.RefuseSlips(node, Guessed, "part of a device");
        var connections = node.Mapping("connections", "a mapping of aliases to connections");
        var simulation = ReadSimulation(node);
        var credentials = CredentialScope.Read(node, outerCredentials);
        var defaults = ReadDefaults(connections, ReadDefaults(node, outerDefaults));
        RequireDefinedVia(node, connections);
        RequireDefinedVia(connections, connections);
        return new DeviceDefinition(name, node)
        {
            Alias = node.Text("alias"),
            Type = node.Text("type"),
            Os = node.Text("os"),
            Platform = node.Text("platform"),
            Role = node.Text("role"),
            Connections = ReadConnections(name, node, connections, simulation is not null, credentials, SharingReader.Read(node, outerSharing)),
            Defaults = defaults,
            Credentials = credentials.All(),
            Simulation = simulation,
            Custom = node.Mapping("custom", "a mapping"),
        };
    }

    internal static ConnectionDefaults ReadDefaults(TestbedMapping owner, ConnectionDefaults outer)
    {
        var node = owner.Mapping("defaults", "a mapping with class, alias and via");
        return new ConnectionDefaults
        {
            Class = node.Text("class") ?? outer.Class,
            Alias = node.Text("alias") ?? outer.Alias,
            Via = node.Text("via") ?? outer.Via,
        };
    }

    internal static void RefuseExtends(TestbedMapping node)
    {
        if (node.TryGet("extends", out var extends))
        {
            throw TestbedException.At(extends, "'extends' stands at the top of a file; within one, use anchors (&name, *name, <<)");
        }
    }

    private static OrderedDictionary<string, ConnectionSettings> ReadConnections(
        string device, TestbedMapping owner, TestbedMapping connections, bool simulated, CredentialScope credentials, TestbedScalar? sharing)
    {
        var (os, platform) = (owner.Text("os"), owner.Text("platform"));
        var settings = new OrderedDictionary<string, ConnectionSettings>(StringComparer.Ordinal);
        foreach (var (alias, node) in connections.Entries.Where(entry => entry.Key != "defaults"))
        {
            var connection = node.AsMapping("a mapping with class, protocol, ip, port and further keys");
            settings.Add(alias, ConnectionReader.Read(device, alias, connection, simulated, credentials, sharing) with { Os = os, Platform = platform });
        }

        return settings;
    }

    /// <summary>A default of the device must lead somewhere; one of the testbed is for those devices that have it.</summary>
    private static void RequireDefinedVia(TestbedMapping owner, TestbedMapping connections)
    {
        if (owner.Mapping("defaults", "a mapping").Scalar("via") is not { } via || (via.Value != "defaults" && connections.TryGet(via.Value, out _)))
        {
            return;
        }

        var known = connections.Entries.Keys.Where(key => key != "defaults").ToList();
        throw TestbedException.At(via, $"{via.Shown} is no connection of this device; {Spelling.Known(via.Value, known)}");
    }

    private static SimulationOptions? ReadSimulation(TestbedMapping device)
    {
        if (!device.TryGet("simulated", out var node) || node is TestbedScalar { IsNull: true })
        {
            return null;
        }

        if (node is TestbedScalar flag)
        {
            return flag.AsFlag() ? new SimulationOptions() : null;
        }

        var options = node.AsMapping($"true, false, or a mapping with {string.Join(", ", SimulationKeys)}");
        if (options.Entries.FirstOrDefault(entry => !SimulationKeys.Contains(entry.Key)) is { Key: { } unknown, Value: { } value })
        {
            throw TestbedException.At(
                value, $"a simulated device has no option '{unknown}'; {Spelling.Known(unknown, SimulationKeys)}");
        }

        return new SimulationOptions
        {
            Interfaces = options.Integer("interfaces", 1, MaxInterfaces),
            Latency = options.Seconds("latency", MaxLatency) ?? TimeSpan.Zero,
            Loss = options.Number("loss", 0, 1, "a share from 0 to 1, such as 0.05") ?? 0,
            Recording = ReadPath(options, "snmprec"),
            TerminalScript = ReadPath(options, "terminal"),
        };
    }

    private static string? ReadPath(TestbedMapping options, string key) =>
        options.Scalar(key) is { } path ? Path.GetFullPath(TestbedSource.PathFrom(path.File, path.Value)) : null;
}
