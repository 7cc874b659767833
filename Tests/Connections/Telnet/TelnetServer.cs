using System.Globalization;
using System.Net;
using Connections.Tests.Servers;

namespace Connections.Tests.Telnet;

/// <summary>How the tests reach a real telnetd, whose session is a shell with the prompt <c>device&gt; </c>.</summary>
internal static class TelnetServer
{
    public static ConnectionSettings Settings(IPEndPoint? server = null, double timeout = 20)
    {
        server ??= TestServer.Telnetd;
        return new ConnectionSettings
        {
            DeviceName = "tester",
            Alias = "cli",
            Protocol = "telnet",
            Host = server.Address.ToString(),
            Port = server.Port,
            Arguments = new Dictionary<string, string>
            {
                ["prompt"] = "device> $",
                ["timeout"] = timeout.ToString(CultureInfo.InvariantCulture),
            },
        };
    }
}
