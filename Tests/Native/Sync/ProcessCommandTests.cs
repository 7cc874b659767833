using System.Runtime.Versioning;
using Connections.Native.Sync;

namespace Connections.Native.Tests.Sync;

/// <summary>What a process runs, in words that no secret is among.</summary>
[SupportedOSPlatform("linux")]
public sealed class ProcessCommandTests
{
    [TestCase(new[] { "/usr/bin/connections", "exec", "-t", "lab.yaml" }, "connections exec")]
    [TestCase(new[] { "dotnet", "exec", "/opt/Connections.Harness.dll", "get", "192.0.2.1", "-c", "secret" }, "Connections.Harness get")]
    [TestCase(new[] { "connections", "-c", "secret" }, "connections")]
    [TestCase(new[] { "/usr/bin/backup", "S3cret" }, "backup")]
    [TestCase(new[] { "dotnet", "--version" }, "dotnet")]
    [TestCase(new[] { "/tmp/\u001b[2Jx" }, ".[2Jx")]
    public void Its_program_and_a_plain_word_are_told_and_nothing_else(string[] words, string told) => Assert.That(ProcessCommand.Describe(words), Is.EqualTo(told));

    [Test]
    public void A_process_without_words_has_no_command() => Assert.That(ProcessCommand.Describe([]), Is.Null);

    [Test]
    [Platform("Linux")]
    public void This_process_has_one_and_one_that_is_not_there_has_none()
    {
        Assert.That(ProcessIdentity.OwnCommand, Is.EqualTo(ProcessCommand.Read(Environment.ProcessId)).And.Not.Empty);
        Assert.That(ProcessCommand.Read(-1), Is.Null);
    }
}
