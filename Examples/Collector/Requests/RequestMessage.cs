namespace Connections.Collector.Requests;

/// <summary>A request as it travels: one JSON object. Times are in seconds.</summary>
internal sealed record RequestMessage
{
    /// <summary>The request's own name. Who sends the same name again means the same request.</summary>
    public string? Id { get; init; }

    /// <summary>The device: an address or a name, with a port if it is not 161.</summary>
    public string? Target { get; init; }

    /// <summary>The name of the credentials, never the credentials themselves.</summary>
    public string? Credentials { get; init; }

    /// <summary><c>get</c> or <c>walk</c>; <c>walk</c> if left out.</summary>
    public string? Kind { get; init; }

    /// <summary>OIDs: instances of a GET, roots of a walk.</summary>
    public IReadOnlyList<string>? Roots { get; init; }

    /// <summary>The parts of the tables that are wanted; all if left out.</summary>
    public IReadOnlyList<RangeMessage>? Ranges { get; init; }

    /// <summary>How the request is carried out; as the collector is set up if left out.</summary>
    public RequestOptionsMessage? Options { get; init; }
}
