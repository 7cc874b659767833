using System.Text.Json;

namespace Connections.Harness.Tests;

/// <summary>What a run of the command left behind.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    internal IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The output as JSON, an object a line.</summary>
    internal IReadOnlyList<JsonElement> Json => [.. Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Fails unless the run ended with a code, and a message that is one paragraph without a stack trace.</summary>
    internal void AssertFailed(int exitCode, params string[] mentions) => Assert.Multiple(() =>
    {
        Assert.That(ExitCode, Is.EqualTo(exitCode), Error);
        Assert.That(Error.Trim().Split('\n'), Has.Length.EqualTo(1), Error);
        Assert.That(Error, Does.StartWith("connections: ").And.Not.Contains("   at "));
        foreach (var mention in mentions)
        {
            Assert.That(Error, Does.Contain(mention));
        }
    });
}
