using System.Globalization;
using System.Text.Json.Nodes;
using Connections.Harness.Sharing;
using Spectre.Console;

namespace Connections.Harness.Rendering;

/// <summary>Locks that processes share, for people and for programs.</summary>
internal static class LockText
{
    private const string ThisMachine = "this machine";

    internal static Table TableOf(IEnumerable<SharedLock> locks)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumns(Header("lock"), Header("kept by"), Header("held by"), Header("since"), Header("for").RightAligned(), Header("waiting"));
        foreach (var found in locks)
        {
            table.AddRow(
                new Text(found.Name),
                new Text(found.Where ?? ThisMachine),
                new Text(found.Remark ?? found.Owner?.Who ?? "nobody"),
                new Text(found.Owner is { } owner ? TimeOf(owner) : ""),
                new Text(found.Owner is { } holder ? DurationOf(holder) : ""),
                new Text(string.Join(", ", found.Waiters.Select(static waiter => $"{waiter.Who} for {DurationOf(waiter)}"))));
        }

        return table;
    }

    internal static JsonObject JsonOf(SharedLock found) => new()
    {
        ["lock"] = found.Name,
        ["server"] = found.Where,
        ["owner"] = JsonOf(found.Owner),
        ["waiters"] = new JsonArray([.. found.Waiters.Select(JsonOf)]),
        ["previousOwnerDied"] = found.PreviousOwnerDied,
        ["remark"] = found.Remark,
    };

    internal static JsonObject JsonOf(string broken, LockUser? owner) => new() { ["lock"] = broken, ["takenFrom"] = JsonOf(owner) };

    /// <summary>How long somebody has a lock, or waits for it.</summary>
    internal static string DurationOf(LockUser user) =>
        string.Create(CultureInfo.InvariantCulture, $"{(DateTimeOffset.UtcNow - user.Since).TotalSeconds:0.0} s");

    private static string TimeOf(LockUser user) => user.Since.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static JsonObject? JsonOf(LockUser? user) => user is null ? null : new()
    {
        ["pid"] = user.ProcessId,
        ["host"] = user.Host,
        ["command"] = user.Command,
        ["name"] = user.ProcessName,
        ["session"] = user.Session,
        ["since"] = user.Since.ToString("O", CultureInfo.InvariantCulture),
        ["alive"] = user.IsAlive,
    };

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));
}
