using System.Globalization;
using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

/// <summary>Connections to agents as a testbed would define them.</summary>
internal static class TestConnection
{
    /// <summary>What a testbed would say; unlike it, connecting asks the agent nothing.</summary>
    public static ConnectionSettings Settings(
        IPEndPoint agent, SnmpVersion version = SnmpVersion.V2c, string community = "public", TimeSpan? timeout = null, int retries = 3) => new()
        {
            DeviceName = "router-1",
            Alias = "snmp",
            Via = "snmp",
            Protocol = "snmp",
            Host = agent.Address.ToString(),
            Port = agent.Port,
            Credentials = new Credentials { Values = new Dictionary<string, Secret> { ["community"] = new(community) } },
            Arguments = new Dictionary<string, string>
            {
                ["version"] = version == SnmpVersion.V1 ? "1" : "2c",
                ["timeout"] = (timeout ?? TimeSpan.FromSeconds(5)).TotalSeconds.ToString(CultureInfo.InvariantCulture),
                ["retries"] = retries.ToString(CultureInfo.InvariantCulture),
                ["verify"] = "false",
            },
        };

    /// <summary>A connection ready for calls.</summary>
    public static async Task<SnmpConnection> OpenAsync(
        IPEndPoint agent, SnmpVersion version, string community = "public", TimeSpan? timeout = null, int retries = 3)
    {
        var connection = new SnmpConnection(Settings(agent, version, community, timeout, retries));
        await connection.ConnectAsync();
        return connection;
    }
}
