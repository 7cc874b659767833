using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Connections.Collector.Database;
using Connections.Collector.Generation;

namespace Connections.Collector.Service;

/// <summary>The options of <c>--generate</c>.</summary>
internal sealed class GenerationOptions
{
    private const double Day = 86_400;

    private readonly Option<int?> _threads = Number("--threads", "How many threads make records, 1 to 16; 2 if left out.");
    private readonly Option<int?> _workers = Number("--workers", "How many workers insert, each with its own connection, 1 to 64.");
    private readonly Option<int?> _batchSize = Number("--batch-size", "How many records a transaction has at most, 1 to 100000.");
    private readonly Option<double?> _batchInterval = Seconds("--batch-interval", "How long records wait for a batch to fill, in seconds.");
    private readonly Option<double?> _duration = Seconds("--duration", "How long, in seconds; 10 if left out.");
    private readonly Option<int?> _octets = Number("--octets", "How many octets a record of octets holds; 64 if left out.");
    private readonly Option<RecordShape?> _shape = new("--shape")
    {
        Description = "What a record holds; counter if left out.",
        CustomParser = static result => Enum.TryParse<RecordShape>(Word(result), ignoreCase: true, out var shape) && Enum.IsDefined(shape)
            ? shape
            : Refuse<RecordShape>(result, "counter, octets or mixed"),
    };

    internal IReadOnlyList<Option> All => [_threads, _workers, _batchSize, _batchInterval, _duration, _shape, _octets];

    /// <summary>The name of an option that was given; <see langword="null"/> where none was.</summary>
    internal string? FindGiven(ParseResult parsed) => All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

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

    private static Option<int?> Number(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = static result => int.TryParse(Word(result), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Refuse<int>(result, "a whole number"),
    };

    private static Option<double?> Seconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "S",
        CustomParser = static result => double.TryParse(Word(result), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= Day
            ? seconds
            : Refuse<double>(result, "a time in seconds, at most 86400"),
    };

    private static string Word(ArgumentResult result) => result.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult result, string expected)
        where T : struct
    {
        result.AddError($"'{Word(result)}' is not valid for {((OptionResult)result.Parent!).Option.Name}; expected {expected}.");
        return null;
    }
}
