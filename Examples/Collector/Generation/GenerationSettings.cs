using Connections.Collector.Configuration;

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

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        Setting.Require(Threads is >= 1 and <= 16, "--threads", "must be from 1 to 16");
        Setting.Require(Duration > TimeSpan.Zero && Duration <= TimeSpan.FromDays(1), "--duration", "must be more than 0 and at most 86400 seconds");
        Setting.Require(Octets is >= 0 and <= 65_535, "--octets", "must be from 0 to 65535");
        Setting.Require(RecordsPerRequest >= 1, "records of a request", "must be at least 1");
    }
}
