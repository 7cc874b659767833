using System.CommandLine;
using Connections.Harness.Labs;

namespace Connections.Harness.Commands;

/// <summary>The options that choose devices of a testbed.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _names = Options.Devices();
    private readonly Option<string[]> _types = Several("--type", "TYPE", "Only devices of this type; may be given several times, also with * and ?.");
    private readonly Option<string[]> _roles = Several("--role", "ROLE", "Only devices in this role; may be given several times, also with * and ?.");

    internal IReadOnlyList<Option> All => [_names, _types, _roles];

    internal DeviceFilter Read(ParseResult parsed) => new(parsed.GetValue(_names) ?? [], parsed.GetValue(_types) ?? [], parsed.GetValue(_roles) ?? []);

    private static Option<string[]> Several(string name, string value, string description) => new(name) { Description = description, HelpName = value };
}
