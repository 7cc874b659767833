using System.Globalization;
using System.Text.Json.Nodes;
using Connections.Harness.Rendering;
using Connections.NetSnmp.Sharing;
using Spectre.Console;

namespace Connections.Harness.Commands;

/// <summary><c>connections serve --status</c>: what is served on this machine, and how it stands.</summary>
internal static class ServeStatus
{
    internal static async Task<int> RunAsync(Output output, CancellationToken cancellationToken)
    {
        var pools = await SharedSnmpPool.ListAsync(cancellationToken);
        if (output.IsJson)
        {
            pools.Select(JsonOf).ToList().ForEach(Output.Json);
        }
        else if (pools.Count == 0)
        {
            Output.Remark("Nothing is served.");
        }
        else
        {
            output.Screen.Write(TableOf(pools));
        }

        return ExitCode.Success;
    }

    private static JsonObject JsonOf(SharedPoolStatus pool) => new()
    {
        ["kind"] = "pool",
        ["name"] = pool.Name,
        ["pid"] = pool.ProcessId,
        ["workers"] = pool.Size,
        ["live"] = pool.Live,
        ["busy"] = pool.Busy,
        ["waiting"] = pool.Waiting,
        ["served"] = pool.Served,
        ["uptime"] = Math.Round(UpTime(pool).TotalSeconds, 1),
    };

    private static Table TableOf(IReadOnlyList<SharedPoolStatus> pools)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumn(Header("served"));
        foreach (var heading in (string[])["process", "workers", "busy", "waiting", "calls", "up"])
        {
            table.AddColumn(Header(heading).RightAligned());
        }

        foreach (var pool in pools)
        {
            table.AddRow(
                new Text(pool.Name),
                Number(pool.ProcessId),
                Number(pool.Size),
                Number(pool.Busy),
                Number(pool.Waiting),
                Number(pool.Served),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{UpTime(pool).TotalSeconds:0} s")));
        }

        return table;
    }

    private static TimeSpan UpTime(SharedPoolStatus pool) => DateTimeOffset.UtcNow - pool.Since;

    private static Text Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));
}
