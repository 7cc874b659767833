using System.Globalization;
using System.Text.Json.Nodes;
using Connections.Native.Sync;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>Machine-wide locks for people and for programs.</summary>
internal static class LockText
{
    internal static Table TableOf(IEnumerable<HybridLockStatus> locks)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns(Header("lock"), Header("held by"), Header("since"), Header("waiting"));
        foreach (var status in locks)
        {
            table.AddRow(
                new Text(status.Name),
                new Text(OwnerOf(status)),
                new Text(status.Owner is { } owner ? TimeOf(owner) : ""),
                new Text(string.Join(", ", status.Waiters.Select(static waiter => $"{waiter} since {TimeOf(waiter)}"))));
        }

        return table;
    }

    internal static JsonObject JsonOf(HybridLockStatus status) => new()
    {
        ["lock"] = status.Name,
        ["owner"] = JsonOf(status.Owner),
        ["waiters"] = new JsonArray([.. status.Waiters.Select(JsonOf)]),
        ["previousOwnerDied"] = status.PreviousOwnerDied,
        ["problem"] = status.Problem,
    };

    internal static JsonObject JsonOf(string broken, HybridLockUser? owner) => new() { ["lock"] = broken, ["takenFrom"] = JsonOf(owner) };

    private static string OwnerOf(HybridLockStatus status) =>
        status.Problem ?? status.Owner?.ToString() ?? (status.PreviousOwnerDied ? "nobody; its last owner died" : "nobody");

    private static string TimeOf(HybridLockUser user) => user.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static JsonObject? JsonOf(HybridLockUser? user) => user is null ? null : new()
    {
        ["pid"] = user.Process.ProcessId,
        ["name"] = user.ProcessName,
        ["since"] = user.Since.ToString("O", CultureInfo.InvariantCulture),
        ["alive"] = user.IsAlive,
    };

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));
}
