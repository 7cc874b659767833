namespace Connections.Testbeds;

/// <summary>Reads a whole testbed out of its text.</summary>
internal static class TestbedReader
{
    private static readonly string[] Known = ["testbed", "devices", "topology", "custom"];

    internal static Testbed Read(string text, string file, Func<string, string?> environment)
    {
        var budget = new NodeBudget();
        var written = YamlReader.Read(text, file, budget).AsMapping("a mapping with 'testbed' and 'devices'");
        DeviceReader.RefuseExtends(written);
        RefuseSlips(written);
        var root = Markup.Resolve(written, environment, budget);
        var testbed = root.Mapping("testbed", "a mapping with name, credentials and further keys");
        DeviceReader.RefuseExtends(testbed);
        return new Testbed(file, root)
        {
            Name = testbed.Text("name") ?? Path.GetFileNameWithoutExtension(file),
            Devices = ReadDevices(root, testbed),
            Custom = testbed.Mapping("custom", "a mapping"),
            Topology = root.Mapping("topology", "a mapping"),
        };
    }

    private static OrderedDictionary<string, DeviceDefinition> ReadDevices(TestbedMapping root, TestbedMapping testbed)
    {
        var credentials = CredentialScope.Read(testbed, outer: null);
        var defaults = DeviceReader.ReadDefaults(testbed, new ConnectionDefaults());
        var devices = new OrderedDictionary<string, DeviceDefinition>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in root.Mapping("devices", "a mapping of names to devices").Entries)
        {
            var device = DeviceReader.Read(name, node, defaults, credentials);
            devices.Add(name, device);
            RequireUnique(device, names);
        }

        return devices.Count > 0 ? devices : throw TestbedException.At(root, "a testbed has a mapping 'devices' with at least one device; here is none");
    }

    /// <summary>A device answers to its name and to its alias, so no two devices may share either.</summary>
    private static void RequireUnique(DeviceDefinition device, Dictionary<string, string> names)
    {
        foreach (var name in new[] { device.Name, device.Alias }.OfType<string>().Distinct())
        {
            if (!names.TryAdd(name, device.Name))
            {
                throw TestbedException.At(device.Node, $"'{name}' is a name or alias of the device '{names[name]}' already");
            }
        }
    }

    private static void RefuseSlips(TestbedMapping root)
    {
        foreach (var (key, node) in root.Entries.Where(entry => !Known.Contains(entry.Key)))
        {
            if (Spelling.Nearest(key, Known) is { } meant)
            {
                throw TestbedException.At(node, $"'{key}' is no part of a testbed; did you mean '{meant}'?");
            }
        }
    }
}
