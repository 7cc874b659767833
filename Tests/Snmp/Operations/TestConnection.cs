using System.Globalization;
using System.Net;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Operations;

/// <summary>Connections to agents as a testbed would define them.</summary>
internal static class TestConnection
{
    /// <summary>What a testbed would say; unlike it, connecting asks the agent nothing. In SNMPv3 a user stands for each community.</summary>
    public static ConnectionSettings Settings(
        IPEndPoint agent, SnmpVersion version = SnmpVersion.V2c, string community = "public", TimeSpan? timeout = null, int retries = 3,
        string transport = "udp") => new()
        {
            DeviceName = "router-1",
            Alias = "snmp",
            Via = "snmp",
            Protocol = "snmp",
            Host = agent.Address.ToString(),
            Port = agent.Port,
            Credentials = new Credentials { Values = version == SnmpVersion.V3 ? Passwords : Community(community) },
            Arguments = new Dictionary<string, string>(version == SnmpVersion.V3 ? User(community) : [])
            {
                ["version"] = version switch { SnmpVersion.V1 => "1", SnmpVersion.V3 => "3", _ => "2c" },
                ["timeout"] = (timeout ?? TimeSpan.FromSeconds(5)).TotalSeconds.ToString(CultureInfo.InvariantCulture),
                ["retries"] = retries.ToString(CultureInfo.InvariantCulture),
                ["verify"] = "false",
                ["transport"] = transport,
            },
        };

    /// <summary>The user that serves in place of a community: <c>May-Read</c> for <c>public</c>, <c>May-Write</c> for <c>private</c>.</summary>
    public static SnmpUser UserFor(string community) => Pairs.User(
        AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, community switch { "public" => "May-Read", "private" => "May-Write", _ => community });

    /// <summary>A connection ready for calls.</summary>
    public static async Task<SnmpConnection> OpenAsync(
        IPEndPoint agent, SnmpVersion version, string community = "public", TimeSpan? timeout = null, int retries = 3, string transport = "udp")
    {
        var connection = new SnmpConnection(Settings(agent, version, community, timeout, retries, transport));
        await connection.ConnectAsync();
        return connection;
    }

    private static Dictionary<string, Secret> Community(string community) => new() { ["community"] = new(community) };

    private static Dictionary<string, Secret> Passwords => new()
    {
        ["auth_password"] = new(Pairs.AuthenticationPassword),
        ["priv_password"] = new(Pairs.PrivacyPassword),
    };

    private static Dictionary<string, string> User(string community) => new()
    {
        ["user"] = UserFor(community).Name,
        ["auth"] = "SHA",
        ["priv"] = "AES",
    };
}
