using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Connections.Snmp;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Operations;

namespace Connections.NetSnmp.Tests.Processes;

/// <summary>Devices whose SNMP is served by worker processes, and these processes as the system sees them.</summary>
internal static partial class Workers
{
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    /// <summary>A device with a pool of workers, connected.</summary>
    public static async Task<Device> ConnectAsync(
        IPEndPoint agent, int workers, SnmpVersion version = SnmpVersion.V2c, TimeSpan? timeout = null, Action<NetSnmpConnection>? onMade = null)
    {
        var classes = new ConnectionClasses().AddSnmp().Add("snmp:netsnmp", settings =>
        {
            var connection = new NetSnmpConnection(settings);
            onMade?.Invoke(connection);
            return connection;
        });
        var settings = TestConnection.Settings(agent, version, timeout: timeout ?? TimeSpan.FromSeconds(30), retries: 0);
        settings = settings with
        {
            PoolSize = workers,
            Arguments = new Dictionary<string, string>(settings.Arguments) { ["backend"] = NetSnmpConnection.Backend },
        };
        var device = new Device(
            new DeviceSettings { Name = settings.DeviceName, Connections = new Dictionary<string, ConnectionSettings> { ["snmp"] = settings } }, classes);
        try
        {
            await device.ConnectAsync("snmp").WaitAsync(Bound);
            return device;
        }
        catch
        {
            await device.DisposeAsync();
            throw;
        }
    }

    /// <summary>The worker processes of this process, alive or not yet buried.</summary>
    public static int[] Running() => [.. Children().Where(static child => CommandLine(child).Contains("Connections.NetSnmp.Worker.dll", StringComparison.Ordinal))];

    /// <summary>The processes of this one that have ended, and that nobody has asked about.</summary>
    public static int Zombies() => Children().Count(static child => Status(child) == 'Z');

    /// <summary>What memory and locks that are shared with workers of this process are called.</summary>
    public static string[] Names() =>
        [.. Directory.EnumerateFiles(SharedDirectory).Where(static file => Path.GetFileName(file).Contains($"netsnmp-{Environment.ProcessId}-", StringComparison.Ordinal))];

    /// <summary>The paths of the sockets that a process has.</summary>
    public static string[] Sockets(int process)
    {
        var own = Descriptors(process).Where(static target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(static target => target[8..^1]).ToHashSet();
        return
        [
            .. File.ReadLines("/proc/net/unix").Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words => words.Length == 8 && own.Contains(words[6])).Select(static words => words[7]),
        ];
    }

    /// <summary>Waits for a worker that there was not before.</summary>
    public static async Task<int> NextAsync(int[] before)
    {
        await Eventually.UntilAsync(() => Running().Except(before).Any());
        return Running().Except(before).First();
    }

    public static void Kill(int process) => Signal(process, 9);

    public static void Stop(int process) => Signal(process, 19);

    private static string SharedDirectory => $"/dev/shm/connections-{GetUser()}";

    private static List<string> Descriptors(int process)
    {
        try
        {
            return [.. Directory.EnumerateFiles($"/proc/{process}/fd").Select(static link => new FileInfo(link).LinkTarget ?? "")];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It has ended meanwhile.
            return [];
        }
    }

    [LibraryImport("libc", EntryPoint = "getuid")]
    private static partial uint GetUser();

    private static void Signal(int process, int signal)
    {
        // A process that has ended meanwhile has been killed before.
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        Assert.That(kill.WaitForExit(Bound), Is.True);
    }

    private static IEnumerable<int> Children() => Directory.EnumerateDirectories("/proc")
        .Select(static path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
        .Where(static id => id > 0 && ParentOf(id) == Environment.ProcessId);

    private static string[] Stat(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return ["", "0"];
        }
    }

    private static int ParentOf(int process) => int.Parse(Stat(process)[1], System.Globalization.CultureInfo.InvariantCulture);

    private static char Status(int process) => Stat(process)[0].FirstOrDefault();

    private static string CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
