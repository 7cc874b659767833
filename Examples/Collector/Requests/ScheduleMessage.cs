namespace Connections.Collector.Requests;

/// <summary>A request that is made again and again, as it stands in a schedule. Times are in seconds.</summary>
internal sealed record ScheduleMessage
{
    /// <summary>What the request's names begin with; the time when it was due follows.</summary>
    public string? Name { get; init; }

    /// <summary>How often, 0.01 to 86400 s.</summary>
    public double? Every { get; init; }

    /// <summary>By what part of that a turn comes later at most, by chance, 0 to 1; 0.1 if left out.</summary>
    public double? Jitter { get; init; }

    /// <summary>The request; its id is made.</summary>
    public RequestMessage? Request { get; init; }
}
