using System.CommandLine;
using Connections.Execution;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary><c>connections record</c>: a recording of a device, which <c>connections agent</c> plays.</summary>
internal sealed class RecordCommand
{
    private const string Description = """
        Walks a device by SNMP and records it in the .snmprec format, which 'connections agent --data' plays.

          connections record 192.0.2.1 -c public -o edge1.snmprec
          CONNECTIONS_AUTH_PASSWORD=... connections record 192.0.2.1 --user admin --auth SHA-256 -o edge1.snmprec
          connections record 192.0.2.1:1161 --root 1.3.6.1.2.1.1 --root 1.3.6.1.2.1.2 -o edge1.snmprec
        """;

    private static readonly string[] DefaultRoots = ["1.3.6.1"];

    private readonly HostOptions _host = new();
    private readonly Argument<string> _address = new("HOST") { Description = "The agent as HOST or HOST:port." };
    private readonly Option<string[]> _roots = new("--root") { Description = "What to record; may be given several times. 1.3.6.1 if left out.", HelpName = "OID" };
    private readonly Option<string?> _file = new("--output", "-o") { Description = "The file; standard output if left out.", HelpName = "FILE" };

    internal static Command Create()
    {
        var record = new RecordCommand();
        var command = new Command("record", Description) { record._address, record._roots, record._file };
        foreach (var option in record._host.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(record.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var address = parsed.GetRequiredValue(_address);
        var operation = Operation.WalkOf(parsed.GetValue(_roots) is { Length: > 0 } roots ? roots : DefaultRoots);
        RequireApart(operation.Oids);
        await using var selection = Selection.Of(_host.SettingsOf(parsed, address));
        (await selection.ConnectAsync(cancellationToken)).ThrowIfAnyFailed();
        var device = selection.Devices[0];
        var varBinds = RequireAny(address, operation, operation.RunAsync(device.Device.Get<ISnmpClient>(device.Alias), cancellationToken));
        return await RecordAsync(address, varBinds, parsed.GetValue(_file), cancellationToken);
    }

    private static async Task<int> RecordAsync(string address, IAsyncEnumerable<VarBind> varBinds, string? path, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await RecordingFile.WriteAsync(Console.Out, varBinds, progress: null, cancellationToken);
            return ExitCode.Success;
        }

        var count = await LiveCount.ShowAsync(
            $"Recording {address}", progress => RecordingFile.WriteAsync(path, varBinds, progress, cancellationToken));
        Output.Line($"{path}: {count} variables of {address}");
        return ExitCode.Success;
    }

    // An empty recording helps nobody, and a device that plays it is no device.
    private static async IAsyncEnumerable<VarBind> RequireAny(string address, Operation operation, IAsyncEnumerable<VarBind> varBinds)
    {
        var isEmpty = true;
        await foreach (var varBind in varBinds)
        {
            isEmpty = false;
            yield return varBind;
        }

        if (isEmpty)
        {
            throw new ConnectionException($"{address} has nothing under {string.Join(", ", operation.Oids)}, so there is nothing to record; choose another --root.")
            {
                Device = address,
            };
        }
    }

    // A recording names each variable once.
    private static void RequireApart(IReadOnlyList<Oid> roots)
    {
        for (var i = 0; i < roots.Count; i++)
        {
            for (var j = 0; j < roots.Count; j++)
            {
                if (i != j && roots[i].StartsWith(roots[j]))
                {
                    throw new UsageException($"--root {roots[i]} is within --root {roots[j]}: leave it out.");
                }
            }
        }
    }
}
