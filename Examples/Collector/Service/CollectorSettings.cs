using Connections.Collector.Bus;
using Connections.Collector.Configuration;
using Connections.Collector.Database;

namespace Connections.Collector.Service;

/// <summary>
/// What a collector does: the section <c>Collector</c> of appsettings.json, of environment variables (<c>Collector__Sink=Database</c>) and of the command line.
/// </summary>
internal sealed record CollectorSettings
{
    public SourceKind Source { get; init; } = SourceKind.File;

    /// <summary>The file of requests, or the schedule; <c>-</c> is standard input.</summary>
    public string Requests { get; init; } = "-";

    public SinkKind Sink { get; init; } = SinkKind.JsonLines;

    /// <summary>The file of results; <c>-</c> is standard output.</summary>
    public string Output { get; init; } = "-";

    /// <summary>Whether rows tell how fast counters go.</summary>
    public bool Rates { get; init; }

    /// <summary>How many requests are carried out at once.</summary>
    public int MaxConcurrent { get; init; } = 1_000;

    /// <summary>How many requests are carried out at once for one device.</summary>
    public int MaxPerDevice { get; init; } = 1;

    /// <summary>How long results wait for a block to fill: a source that sends few requests ahead of their acknowledgement waits as long.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How devices are spoken to whose requests name no credentials.</summary>
    public CredentialSettings Snmp { get; init; } = new();

    /// <summary>Further credentials, by the names that requests have for them.</summary>
    public Dictionary<string, CredentialSettings> Credentials { get; init; } = [];

    public RabbitSettings RabbitMq { get; init; } = new();

    public DatabaseSettings Database { get; init; } = new();

    /// <summary>How often it tells how it does.</summary>
    public TimeSpan Monitor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to finish what is under way once it is told to stop.</summary>
    public TimeSpan StopWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        Setting.Require(MaxConcurrent is >= 1 and <= 1_000_000, nameof(MaxConcurrent), "must be from 1 to 1000000");
        Setting.Require(MaxPerDevice is >= 1 and <= 1_000_000, nameof(MaxPerDevice), "must be from 1 to 1000000");
        Setting.Require(Patience >= TimeSpan.FromMilliseconds(1) && Patience <= TimeSpan.FromMinutes(1), nameof(Patience), "must be from 1 ms to a minute");
        Setting.Require(Monitor >= TimeSpan.FromMilliseconds(100) && Monitor <= TimeSpan.FromDays(1), nameof(Monitor), "must be from 100 ms to a day");
        Setting.Require(StopWithin >= TimeSpan.Zero && StopWithin <= TimeSpan.FromDays(1), nameof(StopWithin), "must be from 0 to a day");
        Setting.Require(Source != SourceKind.Schedule || Requests != "-", nameof(Requests), "must be a file: a schedule does not come from standard input");
        RabbitMq.Validate();
        Database.Validate();
    }
}
