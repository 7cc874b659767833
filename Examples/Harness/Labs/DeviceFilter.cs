using System.IO.Enumeration;
using Connections.Testbeds;

namespace Connections.Harness.Labs;

/// <summary>Which devices of a testbed a command works on: those of any of the names that are of one of the types and in one of the roles; of what is left empty, any.</summary>
/// <param name="Names">Names, aliases, or patterns with <c>*</c> and <c>?</c> for names.</param>
/// <param name="Types">Types, or patterns.</param>
/// <param name="Roles">Roles, or patterns.</param>
internal sealed record DeviceFilter(IReadOnlyList<string> Names, IReadOnlyList<string> Types, IReadOnlyList<string> Roles)
{
    internal static DeviceFilter All { get; } = new([], [], []);

    /// <summary>The devices, each once: in the order of the names, and within a pattern in that of the testbed.</summary>
    /// <exception cref="UnknownDeviceException">A device is not in the testbed; the message names those that are.</exception>
    /// <exception cref="UsageException">A pattern, a type or a role is that of no device, or nothing is all that was asked for.</exception>
    internal IReadOnlyList<DeviceDefinition> Apply(Testbed testbed)
    {
        var devices = testbed.Devices.Values.ToList();
        Require(testbed, "type", Types, [.. devices.Select(static device => device.Type)]);
        Require(testbed, "role", Roles, [.. devices.Select(static device => device.Role)]);
        var named = Names.Count == 0 ? devices : [.. Names.SelectMany(name => Find(testbed, name)).Distinct()];
        var chosen = named.Where(device => IsAny(Types, device.Type) && IsAny(Roles, device.Role)).ToList();
        return chosen.Count > 0
            ? chosen
            : throw new UsageException($"{testbed.File}: no device is all of that: {this}.");
    }

    public override string ToString() => string.Join(
        ", ", Names.Select(static name => $"--device {name}").Concat(Types.Select(static type => $"--type {type}")).Concat(Roles.Select(static role => $"--role {role}")));

    private static List<DeviceDefinition> Find(Testbed testbed, string name)
    {
        if (!IsPattern(name))
        {
            return [testbed.GetDevice(name)];
        }

        var found = testbed.Devices.Values.Where(device => Matches(name, device.Name)).ToList();
        return found.Count > 0
            ? found
            : throw new UsageException($"{testbed.File}: the name of no device matches '{name}'; there are {Listed(testbed.Devices.Keys)}.");
    }

    private static void Require(Testbed testbed, string kind, IReadOnlyList<string> wanted, IReadOnlyCollection<string?> known)
    {
        foreach (var missing in wanted.Where(pattern => !known.Any(value => value is not null && Matches(pattern, value))))
        {
            throw new UsageException($"{testbed.File}: no device has the {kind} '{missing}'; there are {Listed(known.OfType<string>().Distinct())}.");
        }
    }

    private static bool IsAny(IReadOnlyList<string> patterns, string? value) =>
        patterns.Count == 0 || (value is not null && patterns.Any(pattern => Matches(pattern, value)));

    private static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

    private static bool Matches(string pattern, string value) => FileSystemName.MatchesSimpleExpression(pattern, value, ignoreCase: false);

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names.Take(20)) is { Length: > 0 } list ? list : "none";
}
