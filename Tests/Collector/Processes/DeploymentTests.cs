using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Connections.Collector.Service;

namespace Connections.Collector.Tests.Processes;

/// <summary>What stands beside the collector for those who run it: the unit for systemd.</summary>
public sealed partial class DeploymentTests
{
    private string _folder = null!;
    private string _unit = null!;

    [SetUp]
    public void ReadUnit()
    {
        _folder = Directory.CreateTempSubdirectory("connections-collector-").FullName;
        _unit = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "collector.service"));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Systemd_understands_the_unit()
    {
        // What it starts has to be there to be verified.
        var program = Path.Combine(_folder, "dotnet");
        File.CreateSymbolicLink(program, "/bin/sh");
        var path = Path.Combine(_folder, "collector.service");
        await File.WriteAllTextAsync(path, _unit.Replace("/usr/bin/dotnet", program, StringComparison.Ordinal));

        using var verify = Process.Start(new ProcessStartInfo("systemd-analyze", ["verify", path]) { RedirectStandardError = true })!;
        var complaints = await verify.StandardError.ReadToEndAsync().BoundedAsync();
        await verify.WaitForExitAsync().BoundedAsync();

        Assert.That((verify.ExitCode, complaints), Is.EqualTo((0, "")));
    }

    [Test]
    public void The_unit_waits_for_as_long_as_a_collector_may_take_to_stop()
    {
        var timeout = TimeSpan.FromSeconds(int.Parse(TimeoutStop().Match(_unit).Groups[1].Value, CultureInfo.InvariantCulture));

        Assert.That(timeout, Is.GreaterThan(new CollectorSettings().StopWithin + CollectorService.Grace));
        Assert.That(_unit, Does.Contain($"{typeof(CollectorSettings).Assembly.GetName().Name}.dll"));
    }

    [GeneratedRegex("^TimeoutStopSec=([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex TimeoutStop();
}
