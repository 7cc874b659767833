namespace Connections.Collector.Bus;

/// <summary>Where the broker is, and what its queues are called.</summary>
internal sealed record RabbitSettings
{
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
}
