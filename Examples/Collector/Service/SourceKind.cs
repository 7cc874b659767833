namespace Connections.Collector.Service;

/// <summary>Where a collector's requests come from.</summary>
internal enum SourceKind
{
    /// <summary>A file, one JSON object a line.</summary>
    File,

    /// <summary>A schedule, one JSON object a line.</summary>
    Schedule,

    /// <summary>Queues of a broker.</summary>
    RabbitMq,
}
