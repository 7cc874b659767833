namespace Connections.Collector.Service;

/// <summary>Where a collector's results go.</summary>
internal enum SinkKind
{
    /// <summary>Rows as JSON, an object a line.</summary>
    JsonLines,

    /// <summary>Rows as CSV.</summary>
    Csv,

    /// <summary>Blocks in a file.</summary>
    Blocks,

    /// <summary>Blocks in a queue of a broker.</summary>
    RabbitMq,

    /// <summary>Rows in PostgreSQL or CrateDB.</summary>
    Database,
}
