using System.CommandLine;
using Connections.Collector.Database;
using Connections.Collector.Generation;

namespace Connections.Collector.Service;

/// <summary>The options of <c>--generate</c>.</summary>
internal sealed class GenerationOptions
{
    private readonly Option<int?> _threads = new("--threads") { Description = "How many threads make records, 1 to 16; 2 if left out.", HelpName = "N" };
    private readonly Option<int?> _workers = new("--workers") { Description = "How many workers insert, each with its own connection.", HelpName = "N" };
    private readonly Option<int?> _batchSize = new("--batch-size") { Description = "How many records a transaction has at most.", HelpName = "N" };
    private readonly Option<double?> _batchInterval = new("--batch-interval") { Description = "How long records wait for a batch to fill, in seconds.", HelpName = "S" };
    private readonly Option<double?> _duration = new("--duration") { Description = "How long, in seconds; 10 if left out.", HelpName = "S" };
    private readonly Option<RecordShape?> _shape = new("--shape") { Description = "What a record holds; counter if left out." };
    private readonly Option<int?> _octets = new("--octets") { Description = "How many octets a record of octets holds; 64 if left out.", HelpName = "N" };

    internal IReadOnlyList<Option> All => [_threads, _workers, _batchSize, _batchInterval, _duration, _shape, _octets];

    internal DatabaseSettings Apply(ParseResult parsed, DatabaseSettings settings) => settings with
    {
        Workers = parsed.GetValue(_workers) ?? settings.Workers,
        BatchSize = parsed.GetValue(_batchSize) ?? settings.BatchSize,
        BatchInterval = parsed.GetValue(_batchInterval) is { } interval ? TimeSpan.FromSeconds(interval) : settings.BatchInterval,
    };

    internal GenerationSettings Read(ParseResult parsed)
    {
        var defaults = new GenerationSettings();
        return defaults with
        {
            Threads = parsed.GetValue(_threads) ?? defaults.Threads,
            Duration = parsed.GetValue(_duration) is { } duration ? TimeSpan.FromSeconds(duration) : defaults.Duration,
            Shape = parsed.GetValue(_shape) ?? defaults.Shape,
            Octets = parsed.GetValue(_octets) ?? defaults.Octets,
        };
    }
}
