using System.Globalization;
using System.Net;
using Connections.Benchmarks.Walk;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Benchmarks.Snmp;

/// <summary>A client's process: measures one window for each line it is sent, and prints the sample.</summary>
internal static class BenchmarkClient
{
    internal static async Task RunAsync(string kind, int port, IEnumerable<string> numbers)
    {
        var client = Create(kind, port, [.. numbers.Select(static text => int.Parse(text, CultureInfo.InvariantCulture))]);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine((await client.MeasureAsync(Window.Parse(line))).Format());
        }
    }

    /// <summary>A client by its kind.</summary>
    private static LoopClient Create(string kind, int port, int[] numbers) => kind switch
    {
        "get" => new GetClient(ClientsOf(new SnmpEngine(), port, numbers[0])),
        "get-inline" => new GetClient(ClientsOf(Inline(), port, numbers[0])),
        "get-blocks" => new BlockClient(ClientsOf(new SnmpEngine(), port, numbers[0]), CollectKind.Get, [GetClient.Instance]),
        "get-live" => new GetClient(LiveAndDead(new SnmpEngine(), port, numbers[0], numbers[1])),
        "get-secured" => new GetClient(SecuredClientsOf(new SnmpEngine(), port, numbers[0])),
        "get-secured-inline" => new GetClient(SecuredClientsOf(Inline(), port, numbers[0])),
        "stream" => new StreamClient(
            ClientsOf(new SnmpEngine(), port, numbers[0], new SnmpOptions { MaxReplySize = numbers[2] }), ColumnsOf(numbers[1])),
        "blocks" => new BlockClient(
            ClientsOf(new SnmpEngine(), port, numbers[0], new SnmpOptions { MaxReplySize = numbers[2] }), CollectKind.Walk, ColumnsOf(numbers[1])),
        _ => throw new ArgumentException($"There is no client '{kind}'.", nameof(kind)),
    };

    private static SnmpOptions Impatient { get; } = new() { Timeout = TimeSpan.FromMilliseconds(500), Retries = 1 };

    private static SnmpEngine Inline() => new(new SnmpEngineOptions { InlineContinuations = true });

    private static ISnmpClient[] LiveAndDead(SnmpEngine engine, int port, int live, int dead) =>
        [.. ClientsOf(engine, port, live, Impatient), .. ClientsOf(engine, port, dead, Impatient, BenchmarkAgent.FirstDeadHost)];

    // Several calls in flight to one agent, as many as loops.
    private static ISnmpClient[] SecuredClientsOf(SnmpEngine engine, int port, int inFlight)
    {
        var user = new SnmpUser(Snmpd.User)
        {
            Authentication = AuthenticationProtocol.Sha1,
            AuthenticationKey = UsmKey.Password(Snmpd.AuthenticationPassword),
            Privacy = PrivacyProtocol.Aes128,
            PrivacyKey = UsmKey.Password(Snmpd.PrivacyPassword),
        };
        var client = engine.CreateClient(new SnmpTarget(
            new IPEndPoint(IPAddress.Loopback, port), new SnmpOptions { Version = SnmpVersion.V3, User = user }));
        return [.. Enumerable.Repeat(client, inFlight)];
    }

    private static ISnmpClient[] ClientsOf(SnmpEngine engine, int port, int hosts, SnmpOptions? options = null, int first = 0) =>
        [.. Enumerable.Range(first, hosts).Select(host => engine.CreateClient(new SnmpTarget(new IPEndPoint(BenchmarkAgent.AddressOf(host), port), options)))];

    private static Oid[] ColumnsOf(int columns)
    {
        var entry = new SyntheticTable { Rows = 0, Columns = columns }.Entry;
        return [.. Enumerable.Range(1, columns).Select(column => entry.Append((uint)column))];
    }
}
