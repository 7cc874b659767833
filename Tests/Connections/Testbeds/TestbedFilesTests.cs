using System.Runtime.CompilerServices;
using Connections.Testbeds;

namespace Connections.Tests.Testbeds;

/// <summary>Each file of <c>Files/good</c> yields what the <c>.expected.json</c> beside it says; each of <c>Files/bad</c> is refused with
/// the text of the <c>.error</c> beside it.</summary>
public class TestbedFilesTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["LAB_COMMUNITY"] = "lab-community",
        ["LAB_USER"] = "netops",
        ["LAB_PASSWORD"] = "hunter2",
        ["LAB_NET"] = "192.0.2",
        ["LAB_SIZE"] = "4",
        ["LAB_MARKUP"] = "%ENV{LAB_USER}",
        ["LAB_PARTS"] = "parts",
    };

    private static readonly TestbedOptions Options = new()
    {
        Environment = Environment.GetValueOrDefault,
        CommandLine = ["run", "tests", "--lab", "east", "-verbose", "--racks", "12", "-13", "--address=192.0.2.9", "--pool", "3"],
        Ask = question => question.Prompt == "unanswered" ? null : $"answer to '{question.Prompt}'",
    };

    private static string Directory { get; } = PathOf("Files");

    internal static IEnumerable<string> Good => Names("good");

    internal static IEnumerable<string> Bad => Names("bad");

    [Test]
    public void There_are_files_of_both_kinds() => Assert.Multiple(() =>
    {
        Assert.That(Good.Count(), Is.GreaterThanOrEqualTo(18));
        Assert.That(Bad.Count(), Is.GreaterThanOrEqualTo(60));
    });

    [TestCaseSource(nameof(Good))]
    public async Task A_good_file_yields_all_that_is_expected_of_it(string name)
    {
        var testbed = await Testbed.LoadAsync(PathOf($"Files/good/{name}.yaml"), Options).Within();
        var expected = await File.ReadAllTextAsync(PathOf($"Files/good/{name}.expected.json"));
        Assert.That(TestbedRendering.Render(testbed, PathOf("Files/good")), Is.EqualTo(expected.TrimEnd()));
    }

    [TestCaseSource(nameof(Bad))]
    public async Task A_bad_file_is_refused_with_its_exact_error(string name)
    {
        var error = Assert.ThrowsAsync<TestbedException>(() => Testbed.LoadAsync(PathOf($"Files/bad/{name}.yaml"), Options).Within())!;
        var expected = await File.ReadAllTextAsync(PathOf($"Files/bad/{name}.error"));
        var place = (error.Line is { } line ? $"{error.File}:{line}: " : $"{error.File}: ") + (error.Key is { } key ? $"{key}: " : "");
        Assert.Multiple(() =>
        {
            Assert.That(error.Message.Replace($"{Directory}/bad/", ""), Is.EqualTo(expected.TrimEnd()));
            Assert.That(error.Message, Does.StartWith(place).And.Not.Contains(Environment["LAB_PASSWORD"]));
        });
    }

    private static IEnumerable<string> Names(string kind) =>
        System.IO.Directory.EnumerateFiles(PathOf($"Files/{kind}"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    private static string PathOf(string relative, [CallerFilePath] string self = "") => Path.Combine(Path.GetDirectoryName(self)!, relative);
}
