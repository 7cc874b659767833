using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Notifications;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Harness.Commands;

/// <summary><c>connections traps</c>: what devices tell by themselves, until it is interrupted.</summary>
internal sealed class TrapsCommand
{
    private const string Description = """
        Receives SNMP traps and informs of every version and prints them, until Ctrl-C; informs are acknowledged. It says where it listens first.

          connections traps --port 1162
          connections traps --address 192.0.2.10 -c public --json
          connections traps --port 1162 --user admin --auth SHA-256 --priv AES --password-file secrets.txt --engine engine.txt
        """;

    private readonly Option<IPAddress[]> _addresses = new("--address")
    {
        Description = "An address of this machine to listen at; may be given several times. All addresses if left out.",
        HelpName = "IP",
        CustomParser = ParseAddresses,
    };

    private readonly Option<int?> _port = Options.Number("--port", "The port; 162 if left out, which most systems keep for privileged processes. 0 is a free one.", 0, IPEndPoint.MaxPort);
    private readonly Option<string[]> _communities = new("--community", "-c") { Description = "A community to accept; may be given several times. Any if left out.", HelpName = "NAME" };
    private readonly UserOptions _user = new();
    private readonly Option<string?> _users = new("--users") { Description = "A file of further users, one a line: NAME [AUTH PASSWORD [PRIV PASSWORD]].", HelpName = "FILE" };
    private readonly Option<string?> _engine = EngineOption.Create();
    private readonly Option<int?> _count = Options.Number("--count", "How many to print before it ends; no end if left out.", 1, int.MaxValue);
    private readonly Option<bool> _json = Options.Json();

    internal static Command Create()
    {
        var traps = new TrapsCommand();
        var command = new Command("traps", Description) { traps._addresses, traps._port, traps._communities };
        foreach (var option in traps._user.All.Concat([traps._users, traps._engine, traps._count, traps._json]))
        {
            command.Options.Add(option);
        }

        command.SetAction(traps.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var options = OptionsOf(parsed);
        using var identity = parsed.GetValue(_engine) is { } path ? SnmpEngineIdentity.Open(path) : null;
        await using var listener = new SnmpNotificationListener(options with { Identity = identity });
        var output = new Output(parsed.GetValue(_json));
        foreach (var place in listener.EndPoints)
        {
            Show(place, output);
        }

        var rest = parsed.GetValue(_count) ?? int.MaxValue;
        await foreach (var notification in listener.ReadAllAsync(cancellationToken))
        {
            Show(notification, output);
            if (rest != int.MaxValue && --rest == 0)
            {
                break;
            }
        }

        return ExitCode.Success;
    }

    /// <exception cref="UsageException">A user cannot be.</exception>
    private SnmpNotificationListenerOptions OptionsOf(ParseResult parsed)
    {
        var users = UsersOf(parsed);
        var port = parsed.GetValue(_port) ?? SnmpNotificationListenerOptions.DefaultPort;
        return new SnmpNotificationListenerOptions
        {
            EndPoints = [.. (parsed.GetValue(_addresses) is { Length: > 0 } given ? given : Everywhere()).Select(address => new IPEndPoint(address, port))],
            Communities = parsed.GetValue(_communities) is { Length: > 0 } names ? [.. names.Select(name => new Secret(name))] : null,
            Users = users,
        };
    }

    private List<SnmpUser> UsersOf(ParseResult parsed)
    {
        List<SnmpUser> users = parsed.GetValue(_users) is { } path ? [.. UsersFile.Read(path).Select(known => known.User)] : [];
        if (_user.Read(parsed) is { } user)
        {
            users.Add(user.ToUser());
        }

        var twice = users.GroupBy(user => user.Name).FirstOrDefault(named => named.Count() > 1)?.Key;
        return twice is null ? users : throw new UsageException($"The user '{twice}' is given twice.");
    }

    private static IPAddress[] Everywhere() => Socket.OSSupportsIPv6 ? [IPAddress.Any, IPAddress.IPv6Any] : [IPAddress.Any];

    private static void Show(IPEndPoint place, Output output)
    {
        if (output.IsJson)
        {
            Output.Json(new JsonObject { ["kind"] = "listening", ["address"] = place.Address.ToString(), ["port"] = place.Port });
        }
        else
        {
            Output.Line($"listening at {place}");
        }
    }

    private static void Show(SnmpNotification notification, Output output)
    {
        if (output.IsJson)
        {
            Output.Json(JsonText.Of(notification));
            return;
        }

        Output.Line($"{notification.ReceivedAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {notification}");
        foreach (var varBind in notification.VarBinds)
        {
            Output.Line($"  {varBind.Oid} = {ValueText.Of(varBind.Value)}");
        }
    }

    private static IPAddress[]? ParseAddresses(ArgumentResult result)
    {
        var addresses = new List<IPAddress>();
        foreach (var token in result.Tokens)
        {
            if (!IPAddress.TryParse(token.Value, out var address))
            {
                result.AddError($"'{token.Value}' is not valid for --address; expected an IP address of this machine.");
                return null;
            }

            addresses.Add(address);
        }

        return [.. addresses];
    }
}
