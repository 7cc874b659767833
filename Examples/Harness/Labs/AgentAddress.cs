using System.Globalization;
using System.Net;

namespace Connections.Harness.Labs;

/// <summary>Reads <c>HOST</c>, <c>HOST:port</c>, <c>[IPv6]:port</c> or a bare IPv6 address.</summary>
internal static class AgentAddress
{
    internal static (string Host, int? Port) Parse(string text)
    {
        if (IPAddress.TryParse(text, out _) && !text.StartsWith('['))
        {
            return (text, null);
        }

        var colon = text.LastIndexOf(':');
        var hasPort = colon > text.LastIndexOf(']');
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        if (host.Length == 0 || host.Any(char.IsWhiteSpace))
        {
            throw Wrong(text);
        }

        return (host, hasPort ? ParsePort(text, text[(colon + 1)..]) : null);
    }

    private static int ParsePort(string text, string port) =>
        ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : throw Wrong(text);

    private static UsageException Wrong(string text) =>
        new($"'{text}' is no HOST[:port]; write a name or an address, such as 192.0.2.1, 192.0.2.1:1161 or [2001:db8::1]:161.");
}
