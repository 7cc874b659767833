using System.Globalization;
using Connections.Harness.Sharing;
using Connections.Locking;
using Connections.Pooling;
using Connections.Pools;
using Connections.Snmp;
using Connections.Testbeds;

namespace Connections.Harness.Tests.Sharing;

/// <summary>A process that takes turns on a device with others, as it is told line by line; it answers each line with a line. See <see cref="ToldProcess"/>.</summary>
internal sealed class SharingProgram(Device device)
{
    /// <summary>The argument by which the program knows that it is this.</summary>
    internal const string Argument = "take-turns";

    private readonly CancellationTokenSource _stop = new();
    private ConnectionLease<ISnmpClient>? _lease;
    private Task<string>? _fight;

    internal static async Task<int> RunAsync(string path)
    {
        var testbed = await Testbed.LoadAsync(path);
        await using var lab = new Lab(testbed, new ConnectionClasses().AddSnmp(), LabSharing.Options);
        var program = new SharingProgram(lab.Devices[0]);
        await lab.Devices[0].ConnectAsync("plain");
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await program.AnswerAsync(line.Split(' ')));
        }

        return 0;
    }

    private async Task<string> AnswerAsync(string[] words)
    {
        try
        {
            return words switch
            {
                ["connect"] => await DoAsync(device.ConnectAsync("snmp")),
                ["fight"] => Begin(),
                ["stop"] => await StopAsync(),
                ["enter", var milliseconds] => await EnterAsync(int.Parse(milliseconds, CultureInfo.InvariantCulture)),
                ["step"] => await StepAsync(),
                ["leave"] => await LeaveAsync(),
                _ => "unknown",
            };
        }
        catch (Exception error) when (error is IConnectionError or TimeoutException)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }

    private static async Task<string> DoAsync(Task work)
    {
        await work;
        return "done";
    }

    private async Task<string> EnterAsync(int milliseconds)
    {
        _lease = await device.LeaseAsync<ISnmpClient>("snmp", TimeSpan.FromMilliseconds(milliseconds));
        await _lease.Client.GetAsync(ContestedDevice.EnterOf(Environment.ProcessId));
        return "done";
    }

    private async Task<string> StepAsync()
    {
        _lease!.Attach();
        await _lease.Client.GetAsync(ContestedDevice.EnterOf(Environment.ProcessId).Parent);
        return "done";
    }

    private async Task<string> LeaveAsync()
    {
        using var lease = _lease!;
        lease.Attach();
        await lease.Client.GetAsync(ContestedDevice.LeaveOf(Environment.ProcessId));
        return "done";
    }

    private string Begin()
    {
        _fight = Task.Run(FightAsync);
        return "done";
    }

    private async Task<string> StopAsync()
    {
        await _stop.CancelAsync();
        return await _fight!;
    }

    private async Task<string> FightAsync()
    {
        var losses = 0;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await TakeTurnAsync();
            }
            catch (LockLostException)
            {
                // It is told, and gives up what it did, by a way that nobody else is on.
                losses++;
                await device.Get<ISnmpClient>("plain").GetAsync(ContestedDevice.LeaveOf(Environment.ProcessId));
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{losses} lost");
    }

    private async Task TakeTurnAsync()
    {
        using var lease = await device.LeaseAsync<ISnmpClient>("snmp", TimeSpan.FromMinutes(1));
        await lease.Client.GetAsync(ContestedDevice.EnterOf(Environment.ProcessId));
        await lease.Client.GetAsync(ContestedDevice.LeaveOf(Environment.ProcessId));
    }
}
