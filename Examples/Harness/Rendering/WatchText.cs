using System.Globalization;
using System.Text.Json.Nodes;
using Connections.Harness.Sharing;
using Connections.Harness.Watching;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Connections.Harness.Rendering;

/// <summary>Processes that are watched, for people and for programs.</summary>
internal static class WatchText
{
    private const int LongestText = 60;

    /// <summary>The processes, their connections, and the locks that processes share, one table below the other.</summary>
    internal static IEnumerable<IRenderable> TablesOf(IReadOnlyList<ProcessView> processes, IReadOnlyList<SharedLock> locks)
    {
        yield return ProcessesOf(processes);
        if (processes.Any(static view => view.Report.Connections.Count > 0))
        {
            yield return Text.Empty;
            yield return ConnectionsOf(processes);
        }

        if (locks.Count > 0)
        {
            yield return Text.Empty;
            yield return LockText.TableOf(locks);
        }
    }

    internal static JsonObject JsonOf(ProcessView view) => new()
    {
        ["kind"] = "process",
        ["pid"] = view.Report.ProcessId,
        ["command"] = view.Report.Command,
        ["testbed"] = view.Report.Testbed,
        ["uptime"] = Round(view.Report.UpTime),
        ["requestsPerSecond"] = Round(view.RequestsPerSecond),
        ["retransmissionsPerSecond"] = Round(view.RetransmissionsPerSecond),
        ["timeoutsPerSecond"] = Round(view.TimeoutsPerSecond),
        ["waitsPerSecond"] = Round(view.WaitsPerSecond),
        ["meanWait"] = Round(view.MeanWait * 1000),
        ["connections"] = new JsonArray([.. view.Report.Connections.Select(connection => JsonOf(view, connection))]),
    };

    internal static JsonObject JsonOf(SharedLock found)
    {
        var json = LockText.JsonOf(found);
        json["kind"] = "lock";
        return json;
    }

    private static JsonObject JsonOf(ProcessView view, ConnectionReport connection)
    {
        var json = new JsonObject
        {
            ["device"] = connection.Device,
            ["alias"] = connection.Alias,
            ["state"] = connection.State,
            ["workers"] = connection.PoolSize,
            ["holder"] = connection.Holder,
            ["heldFor"] = connection.Holder is null ? null : Round(connection.HeldFor * 1000),
            ["waiting"] = WaitingFor(view, connection),
        };
        if (view.PoolOf(connection) is { } pool)
        {
            (json["busy"], json["idle"], json["creating"]) = (pool.Busy, pool.Idle, pool.Creating);
        }

        return json;
    }

    private static Table ProcessesOf(IReadOnlyList<ProcessView> processes)
    {
        var table = NewTable(["process", "testbed"], ["up", "connected", "requests/s", "repeated/s", "timeouts/s", "waits/s", "mean wait"]);
        foreach (var view in processes)
        {
            var connections = view.Report.Connections;
            table.AddRow(
                Cell(string.Create(CultureInfo.InvariantCulture, $"{view.Report.ProcessId} ({view.Report.Command})")),
                Cell(view.Report.Testbed),
                Cell(string.Create(CultureInfo.InvariantCulture, $"{view.Report.UpTime:0} s")),
                Cell(string.Create(CultureInfo.InvariantCulture, $"{connections.Count(IsConnected)} of {connections.Count}")),
                Number(view.RequestsPerSecond),
                Number(view.RetransmissionsPerSecond),
                Number(view.TimeoutsPerSecond),
                Number(view.WaitsPerSecond),
                Cell(string.Create(CultureInfo.InvariantCulture, $"{view.MeanWait * 1000:0.0} ms")));
        }

        return table;
    }

    private static Table ConnectionsOf(IReadOnlyList<ProcessView> processes)
    {
        var table = NewTable(["device", "alias", "process", "state", "workers"], ["waiting"]);
        table.AddColumns(Header("held by"), Header("for").RightAligned());
        foreach (var (view, connection) in processes.SelectMany(static view => view.Report.Connections.Select(connection => (view, connection))))
        {
            table.AddRow(
                Cell(connection.Device),
                Cell(connection.Alias),
                Cell(view.Report.ProcessId.ToString(CultureInfo.InvariantCulture)),
                Cell(connection.State.ToLowerInvariant()),
                Cell(WorkersOf(view, connection)),
                Cell(WaitingFor(view, connection).ToString(CultureInfo.InvariantCulture)),
                Cell(connection.Holder ?? ""),
                Cell(connection.Holder is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{connection.HeldFor:0.0} s")));
        }

        return table;
    }

    private static string WorkersOf(ProcessView view, ConnectionReport connection)
    {
        if (connection.PoolSize is not { } size)
        {
            return "";
        }

        var pool = view.PoolOf(connection);
        var creating = pool is { Creating: > 0 } ? string.Create(CultureInfo.InvariantCulture, $", {pool.Creating} being created") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{pool?.Busy ?? 0} busy of {size}{creating}");
    }

    private static int WaitingFor(ProcessView view, ConnectionReport connection) => view.PoolOf(connection)?.Waiting ?? connection.Waiting;

    private static bool IsConnected(ConnectionReport connection) => connection.State == nameof(ConnectionState.Connected);

    private static double Round(double value) => Math.Round(value, 1);

    private static Table NewTable(string[] texts, string[] numbers)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns([.. texts.Select(Header), .. numbers.Select(static name => Header(name).RightAligned())]);
        return table;
    }

    private static Text Number(double value) => Cell(value.ToString("0.0", CultureInfo.InvariantCulture));

    // The processes are this user's, but what they say may come from a testbed, or worse.
    private static Text Cell(string text) =>
        new(ValueText.Cut(string.Concat(text.Select(static character => char.IsControl(character) ? '.' : character)), LongestText));

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));
}
