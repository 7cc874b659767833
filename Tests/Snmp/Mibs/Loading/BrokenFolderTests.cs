using System.Text;
using System.Text.RegularExpressions;
using Connections.Snmp.Mibs;

namespace Connections.Snmp.Tests.Mibs.Loading;

/// <summary>
/// A folder of broken modules: each tells what is wrong with it, and gives all that is sound. What is expected stands in comments of the modules: a mark, and the severity and a
/// part of the message told of this line (or of one that many lines further), and after "sound:" and "lost:" the names that are there and are not.
/// </summary>
internal sealed partial class BrokenFolderTests
{
    private static readonly string Folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Mibs/Loading/Broken");

    private static readonly string[] Files = [.. Directory.EnumerateFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

    private MibTree _tree = null!;

    [OneTimeSetUp]
    public async Task LoadAsync() =>
        _tree = await new MibLoader().LoadAsync(Folder, new MibLoadOptions { Publish = false }).WaitAsync(TimeSpan.FromSeconds(60));

    [TestCaseSource(nameof(Files))]
    public void What_is_wrong_is_told_with_its_line(string file)
    {
        var expected = ExpectedOf(file).ToList();
        Assert.That(expected, Is.Not.Empty);
        var told = ModuleOf(file).Diagnostics;

        Assert.Multiple(() =>
        {
            foreach (var (line, severity, text) in expected)
            {
                Assert.That(told.Any(found => found.Line == line && found.Severity == severity && found.Message.Contains(text, StringComparison.Ordinal)), Is.True,
                    $"{severity} '{text}' of line {line}");
            }

            Assert.That(told.Where(found => !expected.Exists(wanted => wanted.Line == found.Line && found.Message.Contains(wanted.Text, StringComparison.Ordinal))), Is.Empty);
            Assert.That(told.Select(found => Path.GetFileName(found.File)), Is.All.EqualTo(file));
            Assert.That(told.Where(found => found.Severity == MibSeverity.Error).Select(found => found.Hint), Is.All.Not.Empty, "every error says what became of it");
        });
    }

    [TestCaseSource(nameof(Files))]
    public void Everything_sound_is_there(string file)
    {
        var module = ModuleOf(file);
        Assert.Multiple(() =>
        {
            foreach (var name in NamesOf(file, "sound"))
            {
                Assert.That(_tree.Find($"{module.Name}::{name}"), Is.Not.Null, name);
            }

            foreach (var name in NamesOf(file, "lost"))
            {
                Assert.That(_tree.Find($"{module.Name}::{name}"), Is.Null, name);
            }
        });
    }

    [Test]
    public void What_was_meant_is_what_is_there()
    {
        Assert.Multiple(() =>
        {
            Assert.That(_tree.Find("BROKEN-KEYWORDS-MIB::under")!.Access, Is.EqualTo(MibAccess.ReadOnly));
            Assert.That(_tree.Find("BROKEN-NAMES-MIB::similar")!.Syntax!.DisplayHint, Is.EqualTo("255a"));
            Assert.That(_tree.Find("BROKEN-COMMAS-MIB::label")!.Syntax!.NamedNumbers.Select(label => label.Name), Is.EqualTo(new[] { "up", "down" }));
            Assert.That(_tree.Find("BROKEN-COMMAS-MIB::entry")!.Index.Select(part => part.Column.Name), Is.EqualTo(new[] { "one", "two" }));
            Assert.That(_tree.Find("BROKEN-DUPLICATES-MIB::other")!.Oid.ToString(), Is.EqualTo("1.3.6.1.4.1.99999.5.1.1"), "the first definition counts");
            Assert.That(_tree.Find("BROKEN-VERSIONS-MIB::types")!.Syntax!.TypeName, Is.EqualTo("Counter"));
            Assert.That(_tree.Find("BROKEN-BRACES-MIB::none")!.Oid.ToString(), Is.EqualTo("1.3.6.1.4.1.99999.12.2"));
            Assert.That(_tree.Find("BROKEN-BRACES-MIB::range")!.Syntax!.Ranges, Is.EqualTo(new[] { new MibRange(0, 5) }));
            Assert.That(_tree.Find("BROKEN-RANGES-MIB::turned")!.Syntax!.Ranges, Is.EqualTo(new[] { new MibRange(1, 10) }));
            Assert.That(_tree.Find("BROKEN-RANGES-MIB::size")!.Syntax!.Sizes, Is.EqualTo(new[] { new MibRange(0, 255) }));
            Assert.That(_tree.Find("BROKEN-RANGES-MIB::bare")!.Syntax!.FixedSize, Is.EqualTo(4));
            Assert.That(_tree.Find("BROKEN-UNKNOWN-MIB::typed")!.Syntax, Is.Null);
            Assert.That(_tree.Find("BROKEN-UNKNOWN-MIB::column")!.Kind, Is.EqualTo(MibNodeKind.Column));
            Assert.That(_tree.Find("BROKEN-UNKNOWN-MIB::note")!.Objects.Select(node => node.Name), Is.EqualTo(new[] { "column" }));
            Assert.That(_tree.Find("sysDescr"), Is.Not.Null, "what is built in is there all the same");
        });
    }

    private MibModule ModuleOf(string file) => _tree.Modules.Single(module => Path.GetFileName(module.File) == file);

    private static string[] LinesOf(string file) => File.ReadAllText(Path.Combine(Folder, file), Encoding.Latin1).Split('\n');

    private static IEnumerable<(int Line, MibSeverity Severity, string Text)> ExpectedOf(string file)
    {
        var lines = LinesOf(file);
        for (var i = 0; i < lines.Length; i++)
        {
            foreach (Match mark in Mark().Matches(lines[i]))
            {
                var further = mark.Groups["further"].Value;
                yield return (
                    i + 1 + (further.Length > 0 ? int.Parse(further, System.Globalization.NumberStyles.AllowLeadingSign, null) : 0),
                    mark.Groups["severity"].Value == "error" ? MibSeverity.Error : MibSeverity.Warning,
                    mark.Groups["text"].Value.Trim());
            }
        }
    }

    private static string[] NamesOf(string file, string heading) => LinesOf(file)
        .Where(line => line.StartsWith($"-- {heading}: ", StringComparison.Ordinal))
        .SelectMany(line => line[(heading.Length + 5)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();

    [GeneratedRegex(@"!(?<further>[+-]\d+)? ?(?<severity>error|warning): (?<text>.+?)(?= -- |$)")]
    private static partial Regex Mark();
}
