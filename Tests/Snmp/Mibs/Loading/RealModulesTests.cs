using System.Diagnostics;
using Connections.Snmp.Mibs;
using Connections.Snmp.Protocol;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Mibs.Loading;

/// <summary>Modules as the world has them: Net-SNMP's own, Erlang's, and those of the IETF.</summary>
internal sealed class RealModulesTests
{
    private static readonly string[] Folders = TestServer.MibFolders;

    private MibTree _tree = null!;

    [OneTimeSetUp]
    public async Task LoadAsync() =>
        _tree = await new MibLoader().LoadAsync(Folders, new MibLoadOptions { Publish = false }).WaitAsync(TimeSpan.FromSeconds(60));

    [Test]
    public void They_load_without_an_error()
    {
        Assert.That(_tree.Diagnostics.Where(told => told.Severity == MibSeverity.Error), Is.Empty);
        Assert.That(_tree.Modules.Count(module => module.File is not null), Is.GreaterThanOrEqualTo(35));
        Assert.That(Folders.Select(folder => _tree.Modules.Count(module => module.File?.StartsWith(folder, StringComparison.Ordinal) == true)), Is.All.GreaterThan(5));
    }

    [Test]
    public void Every_folder_loads_by_itself_without_an_error([Range(0, 2)] int folder) => Assert.That(
        async () => (await new MibLoader().LoadAsync(Folders[folder], new MibLoadOptions { Publish = false })).Diagnostics.Where(told => told.Severity == MibSeverity.Error),
        Is.Empty);

    [Test]
    public async Task Every_name_has_the_OID_that_snmptranslate_gives_it()
    {
        var names = _tree.Modules.Where(module => module.File is not null).SelectMany(module => module.Nodes).Where(node => !IsGenericTrap(node)).Select(node => node.QualifiedName).Distinct().ToList();
        var translated = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var some in names.Chunk(500))
        {
            var lines = await TranslateAsync(["-On", .. some]);
            Assert.That(lines, Has.Length.EqualTo(some.Length), "snmptranslate answers each name");
            foreach (var (name, oid) in some.Zip(lines))
            {
                translated.Add(name, oid);
            }
        }

        Assert.That(names, Has.Count.GreaterThan(1_200));
        Assert.That(names.Where(name => translated[name] != $".{_tree.Find(name)!.Oid}").Select(name => $"{name}: {translated[name]} is not {_tree.Find(name)!.Oid}"), Is.Empty);
    }

    // The built-in names are of later editions of some modules, which may have further names, labels and hints.
    [Test]
    public void The_built_in_names_are_those_of_the_modules()
    {
        var compared = 0;
        Assert.Multiple(() =>
        {
            foreach (var module in MibTree.BuiltIn.Modules)
            {
                foreach (var node in (_tree.FindModule(module.Name) is { File: not null } loaded ? loaded.Nodes : []).Where(IsBuiltIn))
                {
                    Assert.That(DescriptionOf(MibTree.BuiltIn.Find(node.QualifiedName)), Is.EqualTo(DescriptionOf(node)), node.QualifiedName);
                    compared++;
                }
            }
        });
        Assert.That(compared, Is.GreaterThan(800));
    }

    // Groups and capabilities mean nothing to who asks devices; RFC-1215 has but examples; and an old SNMPv2-TM calls itself otherwise.
    private static bool IsBuiltIn(MibNode node) =>
        node.Kind is not (MibNodeKind.Group or MibNodeKind.Compliance or MibNodeKind.Capabilities) && node.Module != "RFC-1215" && node.Name != "snmpv2TM";

    private static string DescriptionOf(MibNode? node) => node is null ? "nothing" : string.Join(
        ' ',
        node.Oid,
        node.Kind,
        node.Syntax?.Type,
        node.Syntax?.IsBits,
        node.Syntax?.TypeName is "INTEGER" or "Integer32" ? "integer" : node.Syntax?.TypeName,
        string.Join(',', node.Index.Select(part => $"{part.Column.Name}{part.IsImplied}")),
        node.Kind == MibNodeKind.Notification ? string.Join(',', node.Objects.Select(found => found.Name)) : "");

    // RFC 3584, section 3.1, puts the generic traps of SNMPv1 where SNMPv2-MIB and IF-MIB have them, and so do we; Net-SNMP puts them under their enterprise like any trap.
    private static bool IsGenericTrap(MibNode node) => node.Oid.Parent == Oid.Parse("1.3.6.1.6.3.1.1.5") && node.Module is "RFC-1215" or "STANDARD-MIB";

    private static async Task<string[]> TranslateAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("snmptranslate", ["-M", string.Join(':', Folders), "-m", "ALL", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await errors.WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
