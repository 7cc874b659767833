using System.Diagnostics;
using System.IO.Compression;

namespace Package.Tests;

/// <summary>The command, installed as a .NET tool.</summary>
public sealed class ToolTests
{
    [TestCase("demo", "All 5 workers of edge1 are held")]
    [TestCase("mib ifDescr", "IF-MIB::ifDescr = 1.3.6.1.2.1.2.2.1.2")]
    [TestCase("--help", "connections")]
    public async Task The_installed_command_runs(string arguments, string expected)
    {
        var tool = Environment.GetEnvironmentVariable("CONNECTIONS_TOOL") ?? throw new InvalidOperationException("CONNECTIONS_TOOL is not set: run Tests/Package/check, which installs the tool.");
        using var process = Process.Start(new ProcessStartInfo(tool, arguments.Split(' ')) { RedirectStandardOutput = true })!;

        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));

        Assert.That(process.ExitCode, Is.Zero);
        Assert.That(output, Does.Contain(expected));
    }

    [Test]
    public void Each_package_has_its_README_and_its_symbols()
    {
        var feed = Environment.GetEnvironmentVariable("CONNECTIONS_FEED") ?? throw new InvalidOperationException("CONNECTIONS_FEED is not set: run Tests/Package/check, which packs.");
        var packages = Directory.GetFiles(feed, "*.nupkg");
        Assert.That(packages, Has.Length.EqualTo(6));
        foreach (var package in packages)
        {
            using var archive = ZipFile.OpenRead(package);
            Assert.That(archive.Entries.Select(static entry => entry.FullName), Has.Member("README.md"), package);
            using var symbols = ZipFile.OpenRead(Path.ChangeExtension(package, "snupkg"));
            Assert.That(symbols.Entries.Select(static entry => Path.GetExtension(entry.Name)), Has.Member(".pdb"), package);
        }
    }
}
