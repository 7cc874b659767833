using System.Globalization;
using Connections.Harness.Tests.Sharing;
using Connections.Native.Sync;
using Connections.NetSnmp.Sharing;
using Connections.Pools;
using Connections.Snmp;
using Connections.Snmp.Protocol;
using Connections.Testbeds;

namespace Connections.Harness.Tests;

/// <summary>The tests as a program: a process that uses the shared pool of a testbed as it is told, line by line. See <see cref="ToldProcess"/>.</summary>
public static class Program
{
    private static readonly List<Task<VarBind>> Calls = [];

    private static ConnectionLease<ISnmpClient>? _lease;
    private static HybridLock? _turn;

    /// <summary>Does what standard input says, until it ends.</summary>
    /// <param name="arguments">The testbed; or a word before it, for another such program.</param>
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is [SharingProgram.Argument, var lab])
        {
            return await SharingProgram.RunAsync(lab);
        }

        var testbed = await Testbed.LoadAsync(arguments[0]);
        await using var device = new Device(testbed.GetDevice("edge1").Settings, new ConnectionClasses().AddSnmp().AddSharedSnmp());
        await device.ConnectAsync("snmp");
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(await AnswerAsync(device, line.Split(' ')));
        }

        return 0;
    }

    private static async Task<string> AnswerAsync(Device device, string[] words)
    {
        switch (words)
        {
            case ["call", var count, var numbers]:
                for (var call = int.Parse(count, CultureInfo.InvariantCulture); call > 0; call--)
                {
                    Begin(device.Get<ISnmpClient>("snmp"), numbers);
                }

                return "begun";
            case ["wait"]:
                var answers = await Task.WhenAll(Calls);
                Calls.Clear();
                return string.Create(CultureInfo.InvariantCulture, $"{answers.Count(static answer => answer.Value.IsException)} answered");
            case ["lease"]:
                _lease = await device.LeaseAsync<ISnmpClient>("snmp");
                return "leased";
            default:
                return "unknown";
        }
    }

    // What it asks for tells the agent which of all calls it is: numbers are given under a lock of all processes, within which the call has its place in the queue.
    private static void Begin(ISnmpClient client, string numbers)
    {
        _turn ??= new HybridLock(Path.GetFileName(numbers));
        using var hold = _turn.Lock(TimeSpan.FromMinutes(1));
        var number = int.Parse(File.ReadAllText(numbers), CultureInfo.InvariantCulture) + 1;
        File.WriteAllText(numbers, number.ToString(CultureInfo.InvariantCulture));
        Calls.Add(client.GetAsync(ServeOrderTests.Root.Append((uint)number)).AsTask());
    }
}
