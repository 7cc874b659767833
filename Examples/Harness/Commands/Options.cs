using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Connections.Harness.Commands;

/// <summary>The options that several commands share, made anew for each.</summary>
internal static class Options
{
    /// <summary>What to say of an option that is for an agent on the command line, and is given with a testbed.</summary>
    internal const string IsForHost = "is for HOST; with a testbed, the testbed says it";

    /// <summary>What to say of an option that is for a testbed, and is given without one.</summary>
    internal const string NeedsTestbed = "needs a testbed: add --testbed lab.yaml";

    private const NumberStyles Decimal = NumberStyles.AllowDecimalPoint;

    internal static Option<string> Testbed() => new("--testbed", "-t")
    {
        Description = "The testbed: a YAML file with devices and their connections.",
        HelpName = "lab.yaml",
    };

    internal static Option<string[]> Devices() => new("--device", "-d")
    {
        Description = "A device of the testbed, by name or alias, or several by a name with * and ?; may be given several times. All devices if left out.",
        HelpName = "DEV",
    };

    internal static Option<string?> Alias() => new("--alias", "-a")
    {
        Description = "The connection to use on each device; the device's default, or its only one, if left out.",
        HelpName = "ALIAS",
    };

    internal static Option<bool> Json() => new("--json")
    {
        Description = "Print JSON, an object a line, instead of text.",
    };

    internal static Option<string?> Trace() => new("--trace")
    {
        Description = "Write all SNMP messages into a file of one's own: pcap if its name ends so, else text.",
        HelpName = "FILE",
    };

    internal static Option<bool> Csv() => new("--csv")
    {
        Description = "Print CSV with a line of headings, instead of text.",
    };

    /// <summary>A time in seconds, more than none and at most a day.</summary>
    internal static Option<double?> Seconds(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "S",
        CustomParser = result => double.TryParse(Word(result), Decimal, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400
            ? seconds
            : Refuse<double>(result, name, "a time in seconds, more than 0 and at most 86400"),
    };

    internal static Option<int?> Number(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => int.TryParse(Word(result), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : Refuse<int>(result, name, $"a whole number from {min} to {max}"),
    };

    internal static Option<double?> Probability(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "P",
        CustomParser = result => double.TryParse(Word(result), Decimal, CultureInfo.InvariantCulture, out var probability) && probability is >= 0 and <= 1
            ? probability
            : Refuse<double>(result, name, "a probability from 0 to 1"),
    };

    /// <summary>Refuses options that are given where they make no sense.</summary>
    /// <exception cref="UsageException">One is given.</exception>
    internal static void Refuse(ParseResult parsed, IEnumerable<Option> options, string why)
    {
        if (options.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"{given.Name} {why}.");
        }
    }

    private static string Word(ArgumentResult result) => result.Tokens[0].Value;

    private static T? Refuse<T>(ArgumentResult result, string name, string expected)
        where T : struct
    {
        result.AddError($"'{Word(result)}' is not valid for {name}; expected {expected}.");
        return null;
    }
}
