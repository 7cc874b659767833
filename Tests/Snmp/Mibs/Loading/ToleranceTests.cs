using System.Text.RegularExpressions;
using Connections.Snmp.Mibs;

namespace Connections.Snmp.Tests.Mibs.Loading;

/// <summary>What the documentation says is told of broken modules, beside what is told of the folder of them.</summary>
internal sealed partial class ToleranceTests
{
    private static readonly string Folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Mibs/Loading");

    private readonly List<(string Message, MibSeverity Severity, Regex Form)> _documented = [];
    private MibTree _tree = null!;

    [OneTimeSetUp]
    public async Task ReadAsync()
    {
        foreach (Match row in Row().Matches(await File.ReadAllTextAsync(Path.Combine(Folder, "Tolerance.md"))))
        {
            var form = string.Join(".+", row.Groups["message"].Value.Split('…').Select(Regex.Escape));
            _documented.Add((row.Groups["message"].Value, Enum.Parse<MibSeverity>(row.Groups["severity"].Value, ignoreCase: true), new Regex($"^{form}$")));
        }

        _tree = await new MibLoader().LoadAsync(Path.Combine(Folder, "Broken"), new MibLoadOptions { Publish = false }).WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Test]
    public void Every_message_that_is_documented_is_told()
    {
        Assert.That(_documented, Is.Not.Empty);
        var untold = _documented.Where(entry => !_tree.Diagnostics.Any(told => Fits(entry, told))).Select(static entry => $"{entry.Severity}: {entry.Message}");
        Assert.That(string.Join('\n', untold), Is.Empty);
    }

    [Test]
    public void Every_message_that_is_told_is_documented() =>
        Assert.That(_tree.Diagnostics.Where(told => !_documented.Exists(entry => Fits(entry, told))), Is.Empty);

    private static bool Fits((string Message, MibSeverity Severity, Regex Form) entry, MibDiagnostic told) =>
        entry.Severity == told.Severity && entry.Form.IsMatch(told.Message);

    [GeneratedRegex(@"^\| `(?<message>.+)` \| (?<severity>\w+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
