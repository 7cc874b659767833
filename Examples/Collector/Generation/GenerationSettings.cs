namespace Connections.Collector.Generation;

/// <summary>What is generated to measure a database.</summary>
internal sealed record GenerationSettings
{
    /// <summary>How many threads make records, 1 to 16.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>How long.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a record holds.</summary>
    public RecordShape Shape { get; init; } = RecordShape.Counter;

    /// <summary>How many octets the records of <see cref="RecordShape.Octets"/> hold.</summary>
    public int Octets { get; init; } = 64;

    /// <summary>How many records one request has.</summary>
    public int RecordsPerRequest { get; init; } = 1_000;
}
