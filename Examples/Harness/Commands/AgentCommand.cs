using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Text.Json.Nodes;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp.Agent;

namespace Connections.Harness.Commands;

/// <summary><c>connections agent</c>: simulated devices on loopback addresses, until it is interrupted.</summary>
internal sealed class AgentCommand
{
    private const int MostDevices = 100_000;
    private const int DefaultInterfaces = 4;

    private const string Description = """
        Simulates SNMP devices on loopback addresses of this machine, says where each answers, and runs until Ctrl-C.

          connections agent
          connections agent --data edge1.snmprec --data core.snmpwalk --devices 100 --port 1161
          connections agent --devices 5000 --latency 0.02 --loss 0.1
          CONNECTIONS_AUTH_PASSWORD=... CONNECTIONS_PRIV_PASSWORD=... connections agent --user admin --auth SHA-256 --priv AES
        """;

    private readonly Option<string[]> _data = new("--data")
    {
        Description = "A recording: .snmprec, or .snmpwalk as snmpwalk -On prints it. May be given several times; devices take turns. Synthetic routers if left out.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _devices = Options.Number("--devices", "How many devices; if left out, one for each recording, or one.", 1, MostDevices);
    private readonly Option<IPAddress> _address = new("--address")
    {
        Description = "The first device's address, which the others' follow: 127.x.y.z, or ::1. 127.0.0.1 if left out.",
        HelpName = "IP",
        CustomParser = ParseAddress,
        DefaultValueFactory = _ => IPAddress.Loopback,
    };

    private readonly Option<int?> _port = Options.Number("--port", "The port of all devices; a free one if left out.", 1, IPEndPoint.MaxPort);
    private readonly Option<string?> _community = new("--community", "-c") { Description = "The community that may read; public if left out.", HelpName = "NAME" };
    private readonly Option<string?> _writeCommunity = new("--write-community") { Description = "The community that may write; private if left out.", HelpName = "NAME" };
    private readonly Option<int?> _interfaces = Options.Number("--interfaces", "How many interfaces a synthetic router has; 4 if left out.", 1, 10_000);
    private readonly Option<bool> _moving = new("--moving") { Description = "Let up time and counters of recordings go on." };
    private readonly SecurityOptions _security = new();
    private readonly FaultOptions _faults = new();
    private readonly Option<bool> _json = Options.Json();

    internal static Command Create()
    {
        var agent = new AgentCommand();
        var command = new Command("agent", Description)
        {
            agent._data, agent._devices, agent._address, agent._port, agent._community, agent._writeCommunity, agent._interfaces, agent._moving,
        };
        foreach (var option in agent._security.All.Concat(agent._faults.All).Append(agent._json))
        {
            command.Options.Add(option);
        }

        command.SetAction(agent.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var fleet = FleetOf(parsed);
        var template = TemplateOf(parsed);
        var output = new Output(parsed.GetValue(_json));
        await using var agent = new SnmpAgent();
        foreach (var device in fleet.AddTo(agent, template))
        {
            Show(device, output);
        }

        // Ctrl-C cancels it; an agent that fails ends the command with its error.
        await agent.Completion.WaitAsync(cancellationToken);
        return ExitCode.Success;
    }

    private SimulatedFleet FleetOf(ParseResult parsed)
    {
        var count = parsed.GetValue(_devices);
        return parsed.GetValue(_data) is { Length: > 0 } files
            ? SimulatedFleet.Recorded(files, count, parsed.GetValue(_moving))
            : SimulatedFleet.Synthetic(count ?? 1, parsed.GetValue(_interfaces) ?? DefaultInterfaces);
    }

    private SimulatedDeviceOptions TemplateOf(ParseResult parsed) => _faults.Apply(parsed, _security.Apply(parsed, new SimulatedDeviceOptions
    {
        Name = "device",
        Data = new MibData([]),
        EndPoint = new IPEndPoint(parsed.GetRequiredValue(_address), parsed.GetValue(_port) ?? 0),
        ReadCommunity = new Secret(parsed.GetValue(_community) ?? "public"),
        WriteCommunity = new Secret(parsed.GetValue(_writeCommunity) ?? "private"),
    }));

    private static void Show(SimulatedDevice device, Output output)
    {
        if (output.IsJson)
        {
            var place = new JsonObject { ["device"] = device.Name, ["address"] = device.EndPoint.Address.ToString(), ["port"] = device.EndPoint.Port };
            if (!device.EngineId.IsEmpty)
            {
                place["engineId"] = device.EngineId.ToString();
            }

            Output.Json(place);
        }
        else
        {
            Output.Line($"{device.Name} {device.EndPoint}");
        }
    }

    private static IPAddress? ParseAddress(ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        if (IPAddress.TryParse(word, out var address) && IPAddress.IsLoopback(address))
        {
            return address;
        }

        result.AddError($"'{word}' is not valid for --address; expected a loopback address, 127.x.y.z or ::1.");
        return null;
    }
}
