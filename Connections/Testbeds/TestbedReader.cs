namespace Connections.Testbeds;

/// <summary>Reads a whole testbed out of its text.</summary>
internal static class TestbedReader
{
    internal static readonly string[] Known = ["extends", "testbed", "devices", "topology", "custom"];
    private static readonly string[] KnownOfTestbed = ["credentials", "defaults"];

    /// <summary>Reads a file and what it takes in.</summary>
    internal static Testbed Load(string path, TestbedOptions options, CancellationToken cancellationToken)
    {
        var source = new TestbedSource(cancellationToken);
        return Read(source.Read(path, asker: null), path, options, source);
    }

    internal static Testbed Read(string text, string file, TestbedOptions options, TestbedSource source)
    {
        var budget = new NodeBudget();
        var values = new MarkupValues(options);
        var written = new TestbedFiles(source, values, budget).Read(text, file);
        Spelling.RefuseSlips(written, Known, "part of a testbed");
        var root = (TestbedMapping)new Markup(written, values, budget).Resolve(written);
        var testbed = root.Mapping("testbed", "a mapping with name, credentials and further keys");
        DeviceReader.RefuseExtends(testbed);
        Spelling.RefuseSlips(testbed, KnownOfTestbed, "part of 'testbed'");
        return new Testbed(file, root)
        {
            Name = testbed.Text("name") ?? NameOf(file),
            Alias = testbed.Text("alias"),
            Devices = ReadDevices(root, testbed),
            Custom = testbed.Mapping("custom", "a mapping"),
            Topology = root.Mapping("topology", "a mapping"),
        };
    }

    private static string NameOf(string file)
    {
        const string Prefix = "CONFIG.";
        var name = Path.GetFileNameWithoutExtension(file);
        return name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length ? name[Prefix.Length..] : name;
    }

    private static OrderedDictionary<string, DeviceDefinition> ReadDevices(TestbedMapping root, TestbedMapping testbed)
    {
        var credentials = CredentialScope.Read(testbed, outer: null);
        var defaults = DeviceReader.ReadDefaults(testbed, new ConnectionDefaults());
        var sharing = SharingReader.Read(testbed, outer: null);
        var devices = new OrderedDictionary<string, DeviceDefinition>(StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in root.Mapping("devices", "a mapping of names to devices").Entries)
        {
            var device = DeviceReader.Read(name, node, defaults, credentials, sharing);
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
}
