using System.Text.Json;
using Connections.Snmp.Collection;

namespace Connections.Collector.Requests;

/// <summary>A request that is made again and again.</summary>
/// <param name="Name">What the ids of its requests begin with.</param>
/// <param name="Every">How often.</param>
/// <param name="Jitter">By what part of that a turn comes later at most.</param>
/// <param name="Request">The request, without an id of its own.</param>
internal sealed record ScheduleEntry(string Name, TimeSpan Every, double Jitter, CollectRequest Request)
{
    private const double DefaultJitter = 0.1;

    /// <summary>Reads a schedule: one JSON object a line.</summary>
    /// <exception cref="RequestSourceException">The file cannot be read.</exception>
    /// <exception cref="RequestFormatException">A line is none; the message names it.</exception>
    internal static IReadOnlyList<ScheduleEntry> Load(string path)
    {
        using var lines = RequestFile.Open(path);
        var reader = new RequestReader();
        var entries = new List<ScheduleEntry>();
        for (var number = 1; lines.ReadLine() is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                entries.Add(Read(reader, path, number, line));
            }
        }

        return entries;
    }

    private static ScheduleEntry Read(RequestReader reader, string path, int number, string line)
    {
        try
        {
            return Read(reader, JsonSerializer.Deserialize(line, RequestJson.Default.ScheduleMessage) ?? new ScheduleMessage());
        }
        catch (Exception error) when (error is JsonException or RequestFormatException)
        {
            throw new RequestFormatException($"{path}, line {number} is no entry of a schedule: {error.Message}", error);
        }
    }

    private static ScheduleEntry Read(RequestReader reader, ScheduleMessage message)
    {
        if (message is not { Name: { Length: > 0 } name, Every: >= 0.01 and <= 86_400, Request: { } request } || message.Jitter is < 0 or > 1)
        {
            throw new RequestFormatException("An entry of a schedule needs a name, every (0.01 to 86400 seconds) and a request; its jitter is from 0 to 1.");
        }

        return new ScheduleEntry(name, TimeSpan.FromSeconds(message.Every.Value), message.Jitter ?? DefaultJitter, reader.Read(request with { Id = name }));
    }
}
