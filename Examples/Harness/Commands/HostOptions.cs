using System.CommandLine;
using System.Globalization;
using Connections.Harness.Labs;

namespace Connections.Harness.Commands;

/// <summary>How an agent that is named by its address is spoken to: the options for it, and the settings that they come to.</summary>
internal sealed class HostOptions
{
    private readonly Option<string?> _community = new("--community", "-c") { Description = "The community for HOST; public if left out.", HelpName = "NAME" };
    private readonly Option<string?> _version = new("--snmp-version", "-v") { Description = "The SNMP version for HOST; 2c if left out." };
    private readonly Option<double?> _timeout = Options.Seconds("--timeout", "How long HOST may take to answer an attempt; 1 if left out.");
    private readonly Option<int?> _retries = Options.Number("--retries", "How often a request to HOST is sent again; 3 if left out.", 0, 100);

    internal HostOptions() => _version.AcceptOnlyFromAmong("1", "2c");

    internal IReadOnlyList<Option> All => [_community, _version, _timeout, _retries];

    /// <summary>The connection to an agent.</summary>
    /// <exception cref="UsageException">The address is no HOST or HOST:port.</exception>
    internal ConnectionSettings SettingsOf(ParseResult parsed, string address)
    {
        var (host, port) = AgentAddress.Parse(address);
        return new ConnectionSettings
        {
            DeviceName = address,
            Alias = "snmp",
            Via = "snmp",
            Protocol = "snmp",
            Host = host,
            Port = port,
            Credentials = new Credentials
            {
                Values = new Dictionary<string, Secret> { ["community"] = new(parsed.GetValue(_community) ?? "public") },
            },
            Arguments = ArgumentsOf(parsed),
        };
    }

    private Dictionary<string, string> ArgumentsOf(ParseResult parsed)
    {
        var arguments = new Dictionary<string, string>();
        Add("version", parsed.GetValue(_version));
        Add("timeout", parsed.GetValue(_timeout)?.ToString(CultureInfo.InvariantCulture));
        Add("retries", parsed.GetValue(_retries)?.ToString(CultureInfo.InvariantCulture));
        return arguments;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                arguments.Add(name, value);
            }
        }
    }
}
