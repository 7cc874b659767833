using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using Connections.Collector.Service;

namespace Connections.Collector.Tests.Processes;

/// <summary>What stands beside the collector for those who run it: the unit for systemd, and the Dockerfile.</summary>
public sealed partial class DeploymentTests
{
    private const string Nobody = "65534";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

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

    [Test]
    [Platform("Linux")]
    [SupportedOSPlatform("linux")]
    public async Task What_the_image_publishes_and_starts_runs_as_a_user_without_rights()
    {
        var image = await File.ReadAllTextAsync(Path.Combine(TestContext.CurrentContext.TestDirectory, "Dockerfile"));
        var app = Path.Combine(_folder, "app");
        var publish = Publish().Match(image).Groups[1].Value.Replace("-c Release -o /app", $"-c {Configuration} -o {app}", StringComparison.Ordinal);
        await RunAsync("dotnet", [.. publish.Split(' '), "--no-build"], Repository());
        File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var start = JsonSerializer.Deserialize<string[]>(EntryPoint().Match(image).Groups[1].Value)!;
        string[] asNobody = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups"] : ["env"];

        Assert.That(await RunAsync(asNobody[0], [.. asNobody[1..], .. start], app), Does.Contain("0 answered"));
    }

    private static string Configuration => typeof(DeploymentTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    private static string Repository([CallerFilePath] string self = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(self)!, "../../.."));

    /// <summary>Runs a program that reads nothing, to its end.</summary>
    /// <returns>All that it printed.</returns>
    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string directory)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync()).WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.That(process.ExitCode, Is.Zero, string.Concat(printed));
        return string.Concat(printed);
    }

    [GeneratedRegex("^RUN dotnet (publish .*)$", RegexOptions.Multiline)]
    private static partial Regex Publish();

    [GeneratedRegex("^ENTRYPOINT (.*)$", RegexOptions.Multiline)]
    private static partial Regex EntryPoint();

    [GeneratedRegex("^TimeoutStopSec=([0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex TimeoutStop();
}
