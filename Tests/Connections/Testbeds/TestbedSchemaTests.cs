using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

/// <summary>The JSON schema says of the files of this directory what the loader says, as far as a schema can see it. The validator is
/// Python's, with a YAML parser of its own; <c>Tests/run</c> installs both.</summary>
public class TestbedSchemaTests
{
    // What stands in another file, in the environment or elsewhere in the document, and what is wrong before there is a document
    // or only when references and aliases are followed, no schema can see.
    private static readonly string[] SeenBySchema =
    [
        "callable", "callable-as-device", "callable-in-key", "callable-within-text", "connection-as-list", "empty", "encoded",
        "encoded-default", "extends-in-a-device", "extends-markup", "logical-interface", "misspelt-top", "no-devices", "not-a-mapping",
        "only-comments", "pool-size", "pool-timeout", "port", "secret-by-anchor-as-size", "secret-in-a-list", "simulated-option",
        "unknown-markup",
    ];

    private static JsonNode Schema { get; } = JsonNode.Parse(File.ReadAllText(PathOf(SchemaPath)))!;

    private const string SchemaPath = "../../../Connections/Testbeds/testbed.schema.json";

    [Test]
    public async Task Every_good_file_is_valid_against_the_schema()
    {
        var verdicts = await ValidateAsync("good", TestbedFilesTests.Good);
        Assert.That(verdicts.Where(verdict => verdict.Problems is not null), Is.Empty);
    }

    [Test]
    public async Task The_schema_refuses_the_bad_files_that_a_schema_can_see()
    {
        var verdicts = await ValidateAsync("bad", SeenBySchema);
        Assert.That(verdicts.Where(verdict => verdict.Problems is null), Is.Empty);
    }

    [Test]
    public void The_schema_knows_the_keys_that_the_loader_knows() => Assert.Multiple(() =>
    {
        Assert.That(KeysOf("properties"), Is.EquivalentTo(TestbedReader.Known));
        Assert.That(KeysOf("definitions/connection/properties"), Is.EquivalentTo(ConnectionReader.Known));
        Assert.That(KeysOf("definitions/simulated/properties"), Is.EquivalentTo(DeviceReader.SimulationKeys));
        Assert.That(KeysOf("definitions/defaults/properties"), Is.EquivalentTo(new[] { "class", "alias", "via" }));
    });

    private static IEnumerable<string> KeysOf(string path) =>
        path.Split('/').Aggregate(Schema, (node, key) => node[key]!).AsObject().Select(entry => entry.Key);

    private static async Task<IReadOnlyList<(string Name, string? Problems)>> ValidateAsync(string kind, IEnumerable<string> names)
    {
        var files = names.ToList();
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { PathOf("validate.py"), PathOf(SchemaPath) },
        };
        files.ForEach(name => start.ArgumentList.Add(PathOf($"Files/{kind}/{name}.yaml")));
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync().Within();
        var errors = process.StandardError.ReadToEndAsync().Within();
        var lines = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(files.Count), await errors);
        return [.. files.Zip(lines, (name, line) => (name, line == "null" ? null : line))];
    }

    private static string PathOf(string relative, [CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, relative);
}
