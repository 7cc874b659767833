using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Engine;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol;

namespace Connections.Harness.Commands;

/// <summary><c>connections notify</c>: a trap or an inform.</summary>
internal sealed class NotifyCommand
{
    private const string Description = """
        Sends an SNMP trap, or with --inform an inform, which ends well once it is acknowledged. TYPE is a letter, as for 'connections set'.

          connections notify 192.0.2.10 1.3.6.1.6.3.1.1.5.3 1.3.6.1.2.1.2.2.1.1.7 i 7
          connections notify 192.0.2.10:1162 1.3.6.1.6.3.1.1.5.1 --inform
          connections notify 192.0.2.10 1.3.6.1.6.3.1.1.5.1 --user admin --auth SHA-256 --password-file secrets.txt --engine engine.txt
        """;

    private readonly Argument<string> _address = new("HOST") { Description = "The receiver as HOST or HOST:port; port 162 if left out." };
    private readonly Argument<string> _trap = new("TRAP") { Description = "What happened: an OID, the value of snmpTrapOID.0." };
    private readonly Argument<string[]> _details = new("OID TYPE VALUE") { Description = "For each detail an OID, a type and a value.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _inform = new("--inform") { Description = "Send an inform, again and again until it is acknowledged." };
    private readonly Option<string?> _community = new("--community", "-c") { Description = "The community; public if left out.", HelpName = "NAME" };
    private readonly Option<string?> _version = new("--snmp-version", "-v") { Description = "The SNMP version; 2c if left out, 3 for a user." };
    private readonly UserOptions _user = new();
    private readonly Option<string?> _context = new("--context") { Description = "The context of SNMPv3 that it is about.", HelpName = "NAME" };
    private readonly Option<string?> _engine = EngineOption.Create();
    private readonly Option<double?> _timeout = Options.Seconds("--timeout", "How long HOST may take to acknowledge an attempt; 1 if left out.");
    private readonly Option<int?> _retries = Options.Number("--retries", "How often an inform is sent again; 3 if left out.", 0, 100);
    private readonly Option<bool> _json = Options.Json();

    private NotifyCommand() => _version.AcceptOnlyFromAmong("1", "2c", "3");

    internal static Command Create()
    {
        var notify = new NotifyCommand();
        var command = new Command("notify", Description) { notify._address, notify._trap, notify._details, notify._inform, notify._community, notify._version };
        foreach (var option in notify._user.All.Concat([notify._context, notify._engine, notify._timeout, notify._retries, notify._json]))
        {
            command.Options.Add(option);
        }

        command.SetAction(notify.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var trap = Operation.ParseOid(parsed.GetRequiredValue(_trap));
        var details = (parsed.GetValue(_details) ?? []).Chunk(3).Select(Operation.ParseAssignment).ToList();
        var options = OptionsOf(parsed);
        var isInform = parsed.GetValue(_inform);
        if (isInform && options.Version == SnmpVersion.V1)
        {
            throw new UsageException("--inform needs version 2c or 3: SNMPv1 has no informs.");
        }

        var target = await FindAsync(parsed.GetRequiredValue(_address), options, cancellationToken);
        using var identity = parsed.GetValue(_engine) is { } path ? SnmpEngineIdentity.Open(path) : null;
        await using var engine = new SnmpEngine();
        using var sender = new SnmpNotificationSender(new SnmpNotificationSenderOptions { Engine = engine, Identity = identity });
        if (isInform)
        {
            await sender.InformAsync(target, trap, details, cancellationToken);
        }
        else
        {
            sender.SendTrap(target, trap, details);
        }

        if (parsed.GetValue(_json))
        {
            Output.Json(new JsonObject { ["kind"] = isInform ? "inform" : "trap", ["receiver"] = target.EndPoint.ToString(), ["trapOid"] = trap.ToString(), ["acknowledged"] = isInform });
        }

        return ExitCode.Success;
    }

    /// <exception cref="UsageException">Version and user do not fit, or the user cannot be.</exception>
    private SnmpOptions OptionsOf(ParseResult parsed)
    {
        var user = _user.Read(parsed)?.ToUser();
        var version = parsed.GetValue(_version) switch
        {
            "1" => SnmpVersion.V1,
            "2c" => SnmpVersion.V2c,
            "3" => SnmpVersion.V3,
            _ => user is null ? SnmpVersion.V2c : SnmpVersion.V3,
        };
        if ((version == SnmpVersion.V3) != (user is not null))
        {
            throw new UsageException("SNMPv3 needs --user NAME, and the other versions have no users.");
        }

        var options = new SnmpOptions { Version = version, Community = new Secret(parsed.GetValue(_community) ?? "public"), User = user };
        return options with
        {
            User = user is null ? null : user with { ContextName = parsed.GetValue(_context) ?? "" },
            Timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 3_600)) : options.Timeout,
            Retries = parsed.GetValue(_retries) ?? options.Retries,
        };
    }

    private static async Task<SnmpTarget> FindAsync(string address, SnmpOptions options, CancellationToken cancellationToken)
    {
        var (host, port) = AgentAddress.Parse(address);
        var found = IPAddress.TryParse(host, out var numeric) ? numeric : await ResolveAsync(host, cancellationToken);
        return new SnmpTarget(new IPEndPoint(found, port ?? SnmpNotificationListenerOptions.DefaultPort), options, address);
    }

    private static async Task<IPAddress> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return (await Dns.GetHostAddressesAsync(host, cancellationToken))[0];
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw new SnmpException($"The receiver '{host}' is not known: {error.Message}", error);
        }
    }
}
