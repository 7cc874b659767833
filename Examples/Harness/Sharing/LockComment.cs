using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Native.Sync;

namespace Connections.Harness.Sharing;

/// <summary>
/// Who has or wants which lock, as a comment in the statements of its session, which <c>pg_stat_activity</c> shows to everybody of the same user. It is a line of JSON, whose
/// escapes let nothing in it end the line.
/// </summary>
internal sealed record LockComment
{
    private const string Mark = " -- ";
    private const int LongestText = 200;

    internal required string Lock { get; init; }

    internal required string Host { get; init; }

    internal required int ProcessId { get; init; }

    internal required string Command { get; init; }

    /// <summary>Since when the lock is held, by the server's clock; null before.</summary>
    internal DateTimeOffset? Since { get; init; }

    /// <summary>The process as messages name it.</summary>
    internal string Who => string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} of {Host} ({Command})");

    /// <summary>That of this process.</summary>
    internal static LockComment Of(string name) => new()
    {
        Lock = name,
        Host = Environment.MachineName,
        ProcessId = Environment.ProcessId,
        Command = ProcessIdentity.OwnCommand,
    };

    /// <summary>A statement with the comment.</summary>
    internal string AfterStatement(string statement)
    {
        var json = new JsonObject { ["lock"] = Lock, ["host"] = Host, ["pid"] = ProcessId, ["command"] = Command };
        if (Since is { } since)
        {
            json["since"] = since.ToString("O", CultureInfo.InvariantCulture);
        }

        return statement + Mark + json.ToJsonString();
    }

    /// <summary>Reads what some session of the server, not necessarily one of ours, says of itself; null if it says nothing.</summary>
    internal static LockComment? TryRead(string? statement)
    {
        if (statement?.IndexOf(Mark, StringComparison.Ordinal) is not (>= 0 and var start))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(statement[(start + Mark.Length)..]);
            var comment = json.RootElement;
            return new LockComment
            {
                Lock = TextOf(comment, "lock"),
                Host = TextOf(comment, "host"),
                ProcessId = comment.GetProperty("pid").GetInt32(),
                Command = TextOf(comment, "command"),
                Since = comment.TryGetProperty("since", out var since) ? since.GetDateTimeOffset() : null,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement comment, string key)
    {
        var text = comment.GetProperty(key).GetString() ?? "";
        text = text.Length > LongestText ? text[..LongestText] : text;
        return string.Concat(text.Select(static character => char.IsControl(character) ? '.' : character));
    }
}
