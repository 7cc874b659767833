using Connections.Collector.Configuration;

namespace Connections.Collector.Bus;

/// <summary>Where the broker is, and what its queues are called.</summary>
internal sealed record RabbitSettings
{
    private const int DefaultPort = 5672;

    /// <summary>The broker, <c>amqp://user:password@host:5672/vhost</c>. It holds a password: give it in the environment, or in a file that only the collector reads.</summary>
    public string Uri { get; init; } = "amqp://guest:guest@127.0.0.1:5672/";

    /// <summary>What all queues and exchanges begin with.</summary>
    public string Prefix { get; init; } = "collect";

    /// <summary>The routing domains whose requests this collector takes, such as the networks that it reaches; <c>default</c> if there is none.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>How many requests the broker sends ahead of their acknowledgement, in each domain.</summary>
    public ushort Prefetch { get; init; } = 500;

    /// <summary>How often a request is delivered again before it goes to the dead letters.</summary>
    public int DeliveryLimit { get; init; } = 20;

    /// <summary>How long the broker may take to confirm what was published, before it is published again.</summary>
    public TimeSpan ConfirmWithin { get; init; } = TimeSpan.FromSeconds(30);

    internal IReadOnlyList<string> DomainsOrDefault => Domains.Count == 0 ? ["default"] : Domains;

    /// <summary>The queue of a domain's requests.</summary>
    internal string RequestQueue(string domain) => $"{Prefix}.requests.{domain}";

    /// <summary>The queue of results: blocks.</summary>
    internal string ResultQueue => $"{Prefix}.results";

    /// <summary>Where requests go that cannot be carried out.</summary>
    internal string DeadExchange => $"{Prefix}.dead";

    /// <summary>The queue of requests that cannot be carried out.</summary>
    internal string DeadQueue => $"{Prefix}.dead";

    /// <summary>Which broker it is, in words without a secret.</summary>
    internal string Broker => System.Uri.TryCreate(Uri, UriKind.Absolute, out var uri) ? $"broker at {uri.Host}:{(uri.Port > 0 ? uri.Port : DefaultPort)}" : "broker";

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        Setting.Require(
            System.Uri.TryCreate(Uri, UriKind.Absolute, out var uri) && uri.Scheme is ("amqp" or "amqps") && uri.Host.Length > 0,
            "RabbitMq:Uri",
            "must be the broker's address, such as amqp://user:password@host:5672/");
        Setting.Require(Prefix.Length is > 0 and <= 100 && !Prefix.Any(char.IsControl), "RabbitMq:Prefix", "must be 1 to 100 characters");
        Setting.Require(Domains.All(static domain => domain.Length is > 0 and <= 100), "RabbitMq:Domains", "must be names of 1 to 100 characters");
        Setting.Require(Prefetch >= 1, "RabbitMq:Prefetch", "must be at least 1");
        Setting.Require(DeliveryLimit >= 1, "RabbitMq:DeliveryLimit", "must be at least 1");
        Setting.Require(ConfirmWithin > TimeSpan.Zero && ConfirmWithin <= TimeSpan.FromHours(1), "RabbitMq:ConfirmWithin", "must be more than 0, and an hour at most");
    }
}
