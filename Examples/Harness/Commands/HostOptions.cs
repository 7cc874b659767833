using System.CommandLine;
using System.Globalization;
using Connections.Harness.Labs;
using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary>How an agent that is named by its address is spoken to: the options for it, and the settings that they come to.</summary>
internal sealed class HostOptions
{
    private readonly Option<string?> _community = new("--community", "-c") { Description = "The community for HOST; public if left out.", HelpName = "NAME" };
    private readonly Option<string?> _version = new("--snmp-version", "-v") { Description = "The SNMP version for HOST; 2c if left out, 3 for a user." };
    private readonly UserOptions _user = new();
    private readonly Option<string?> _context = new("--context") { Description = "The context of SNMPv3 to ask for.", HelpName = "NAME" };
    private readonly Option<bool> _tcp = new("--tcp") { Description = "Speak to HOST over TCP, in place of UDP." };
    private readonly Option<double?> _timeout = Options.Seconds("--timeout", "How long HOST may take to answer an attempt; 1 if left out.");
    private readonly Option<int?> _retries = Options.Number("--retries", "How often a request to HOST is sent again; 3 if left out.", 0, 100);

    internal HostOptions() => _version.AcceptOnlyFromAmong("1", "2c", "3");

    internal IReadOnlyList<Option> All => [_community, _version, .. _user.All, _context, _tcp, _timeout, _retries];

    /// <summary>The connection to an agent.</summary>
    /// <exception cref="UsageException">The address is no HOST or HOST:port.</exception>
    internal ConnectionSettings SettingsOf(ParseResult parsed, string address)
    {
        var (host, port) = AgentAddress.Parse(address);
        var user = _user.Read(parsed);
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
                Values = user is null ? new Dictionary<string, Secret> { ["community"] = new(parsed.GetValue(_community) ?? "public") } : PasswordsOf(user),
            },
            Arguments = ArgumentsOf(parsed, user),
        };
    }

    /// <summary>How agents are spoken to that are many, and found by their addresses.</summary>
    /// <exception cref="UsageException">The options contradict each other.</exception>
    internal SnmpOptions OptionsOf(ParseResult parsed)
    {
        var user = _user.Read(parsed)?.ToUser();
        var options = new SnmpOptions
        {
            Version = parsed.GetValue(_version) switch { "1" => SnmpVersion.V1, "3" => SnmpVersion.V3, null when user is not null => SnmpVersion.V3, _ => SnmpVersion.V2c },
            Community = new Secret(parsed.GetValue(_community) ?? "public"),
            User = user is null ? null : user with { ContextName = parsed.GetValue(_context) ?? "" },
            Transport = parsed.GetValue(_tcp) ? SnmpTransport.Tcp : SnmpTransport.Udp,
        };
        return options with
        {
            Timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : options.Timeout,
            Retries = parsed.GetValue(_retries) ?? options.Retries,
        };
    }

    private static Dictionary<string, Secret> PasswordsOf(UserCredentials user)
    {
        var passwords = new Dictionary<string, Secret>();
        if (user.AuthenticationPassword is { } authentication)
        {
            passwords.Add("auth_password", authentication);
        }

        if (user.PrivacyPassword is { } privacy)
        {
            passwords.Add("priv_password", privacy);
        }

        return passwords;
    }

    private Dictionary<string, string> ArgumentsOf(ParseResult parsed, UserCredentials? user)
    {
        var arguments = new Dictionary<string, string>();
        Add("version", parsed.GetValue(_version) ?? (user is null ? null : "3"));
        Add("user", user?.Name);
        Add("auth", user?.Authentication);
        Add("priv", user?.Privacy);
        Add("context", parsed.GetValue(_context));
        Add("transport", parsed.GetValue(_tcp) ? "tcp" : null);
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
