using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;
using Connections.Snmp.Protocol.Usm;

namespace Connections.NetSnmp.Processes;

/// <summary>Says of an agent what its worker must know, in Net-SNMP's words.</summary>
internal static class WorkerSetup
{
    internal static WorkerSettings For(SnmpTarget agent, IReadOnlyList<string> libraryNames)
    {
        var options = agent.Options;
        return new WorkerSettings
        {
            PeerName = PeerName(agent.EndPoint, options.Transport),
            LocalName = options.Source?.ToString(),
            Version = (int)options.Version,
            IsStream = options.Transport == SnmpTransport.Tcp,
            Community = options.User is null ? Encoding.UTF8.GetBytes(options.Community.Reveal()) : [],
            User = options.User is { } user ? UserOf(user) : null,
            Uses16BitIds = options.Profile.Uses16BitRequestIds,
            LibraryNames = libraryNames,
        };
    }

    internal static string PeerName(IPEndPoint agent, SnmpTransport transport)
    {
        var name = transport == SnmpTransport.Tcp ? "tcp" : "udp";
        return agent.AddressFamily == AddressFamily.InterNetworkV6
            ? $"{name}6:[{WithNamedScope(agent.Address)}]:{agent.Port}"
            : $"{name}:{agent.Address}:{agent.Port}";
    }

    // The library knows a scope by its interface's name, and .NET writes its number.
    private static string WithNamedScope(IPAddress address)
    {
        if (address.ScopeId == 0)
        {
            return address.ToString();
        }

        var bare = new IPAddress(address.GetAddressBytes());
        var link = Array.Find(
            NetworkInterface.GetAllNetworkInterfaces(),
            candidate => candidate.Supports(NetworkInterfaceComponent.IPv6) && candidate.GetIPProperties().GetIPv6Properties().Index == address.ScopeId);
        return link is null ? address.ToString() : $"{bare}%{link.Name}";
    }

    private static WorkerUser UserOf(SnmpUser user) => new()
    {
        Name = user.Name,
        Level = user.Level switch { SecurityLevel.NoAuthNoPriv => 1, SecurityLevel.AuthNoPriv => 2, _ => 3 },
        Authentication = user.AuthenticationKey is { } authentication ? KeyOf(NameOf(user.Authentication), authentication) : null,
        Privacy = user.PrivacyKey is { } privacy ? KeyOf(NameOf(user.Privacy), privacy) : null,
        ContextName = user.ContextName,
        ContextEngineId = OctetsOf(user.ContextEngineId),
        EngineId = OctetsOf(user.EngineId),
    };

    private static byte[] OctetsOf(SnmpEngineId engineId) => engineId.Octets.ToArray();

    private static WorkerKey KeyOf(string protocol, UsmKey key) => new()
    {
        Protocol = protocol,
        Form = key.Form,
        Octets = key.Form == UsmKeyForm.Password ? Encoding.UTF8.GetBytes(key.Value.Reveal()) : key.GetOctets(),
    };

    private static string NameOf(AuthenticationProtocol protocol) => protocol switch
    {
        AuthenticationProtocol.Md5 => "MD5",
        AuthenticationProtocol.Sha1 => "SHA",
        AuthenticationProtocol.Sha224 => "SHA-224",
        AuthenticationProtocol.Sha256 => "SHA-256",
        AuthenticationProtocol.Sha384 => "SHA-384",
        _ => "SHA-512",
    };

    private static string NameOf(PrivacyProtocol protocol) => protocol switch
    {
        PrivacyProtocol.Des => "DES",
        PrivacyProtocol.Aes128 => "AES",
        PrivacyProtocol.Aes192 => "AES-192",
        PrivacyProtocol.Aes256 => "AES-256",
        PrivacyProtocol.Aes192C => "AES-192-C",
        _ => "AES-256-C",
    };
}
