using System.Text;
using System.Text.Json;
using Connections.Snmp;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Requests;

/// <summary>Makes requests of what travels. Requests that ask for the same share one shape. Not thread-safe.</summary>
internal sealed class RequestReader
{
    private const int KeptShapes = 1_024;
    private const int MaxName = 1_024;

    private readonly Dictionary<string, CollectShape> _shapes = [];

    /// <summary>Reads one JSON object.</summary>
    /// <exception cref="RequestFormatException">It is no request.</exception>
    internal CollectRequest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return Read(JsonSerializer.Deserialize(json, RequestJson.Default.RequestMessage) ?? throw new RequestFormatException("The request is null."));
        }
        catch (JsonException error)
        {
            throw new RequestFormatException($"The request is no JSON that a collector understands: {error.Message}", error);
        }
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="RequestFormatException">It is no request.</exception>
    internal CollectRequest Read(RequestMessage message)
    {
        var id = Name(message.Id, "id");
        try
        {
            return new CollectRequest(id, Name(message.Target, "target"), ShapeOf(message))
            {
                Credentials = message.Credentials,
                Options = message.Options is { } options ? OptionsOf(options) : new CollectRequestOptions(),
            };
        }
        catch (Exception error) when (error is ArgumentException or FormatException or SnmpParseException)
        {
            throw new RequestFormatException($"The request '{id}' cannot be carried out: {error.Message}", error);
        }
    }

    private CollectShape ShapeOf(RequestMessage message)
    {
        var kind = message.Kind switch
        {
            null or "walk" => CollectKind.Walk,
            "get" => CollectKind.Get,
            _ => throw new ArgumentException($"its kind is '{message.Kind}', but must be get or walk."),
        };
        var roots = message.Roots ?? [];
        var ranges = message.Ranges ?? [];
        var key = $"{kind} {string.Join(',', roots)} {string.Join(',', ranges.Select(static range => $"{range?.Start}-{range?.Stop}"))}";
        if (!_shapes.TryGetValue(key, out var shape))
        {
            shape = new CollectShape(kind, roots.Select(static root => Oid.Parse(root ?? "")), ranges.Select(RangeOf));
            if (_shapes.Count == KeptShapes)
            {
                _shapes.Clear();
            }

            _shapes.Add(key, shape);
        }

        return shape;
    }

    private static IndexRange RangeOf(RangeMessage? range) => IndexRange.Parse(range?.Start, range?.Stop);

    private static CollectRequestOptions OptionsOf(RequestOptionsMessage message) => new()
    {
        Attempts = AttemptsOf(message),
        Deadline = message.Deadline is { } deadline ? Seconds(deadline, "deadline", 86_400) : null,
        MaxRepetitions = message.MaxRepetitions,
        Concurrency = message.Concurrency ?? 1,
        MaxRecords = message.MaxRecords ?? long.MaxValue,
        UsesBulk = message.Bulk ?? true,
        ToleratesNonIncreasing = message.ToleratesNonIncreasing ?? false,
    };

    private static SnmpAttempts? AttemptsOf(RequestOptionsMessage message) => (message.Timeout, message.Retries) switch
    {
        (null, null) => null,
        ({ } timeout, { } retries and >= 0 and <= 100) => new SnmpAttempts(Seconds(timeout, "timeout", 3_600), retries),
        (null, _) or (_, null) => throw new ArgumentException("timeout and retries go together: give both, or neither."),
        _ => throw new ArgumentException($"retries is {message.Retries}, but must be from 0 to 100."),
    };

    private static TimeSpan Seconds(double value, string name, int most) => value >= 0.001 && value <= most
        ? TimeSpan.FromSeconds(value)
        : throw new ArgumentException(FormattableString.Invariant($"{name} is {value}, but must be from 0.001 to {most} seconds."));

    // Control characters would end up in logs, and no database takes a NUL in a text.
    private static string Name(string? name, string key)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl))
        {
            throw new RequestFormatException($"The request has no {key}, or one with control characters in it.");
        }

        return Encoding.UTF8.GetByteCount(name) <= MaxName
            ? name
            : throw new RequestFormatException($"The request's {key} is longer than {MaxName} octets.");
    }
}
