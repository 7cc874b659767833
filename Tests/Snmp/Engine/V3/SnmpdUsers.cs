using System.Net;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>The users of the snmpd that Tests/run starts: one for each pair of protocols, called by their names.</summary>
internal static class SnmpdUsers
{
    public static IEnumerable<SnmpUser> All => Pairs.Users.Select(static user => Of(user.Authentication, user.Privacy));

    public static IEnumerable<SnmpUser> OfSha1 => All.Where(static user => user.Authentication == AuthenticationProtocol.Sha1);

    public static SnmpUser Of(AuthenticationProtocol authentication, PrivacyProtocol privacy) =>
        Pairs.User(authentication, privacy, $"{authentication}-{privacy}");

    public static SnmpUser Usual => Of(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128);

    public static SnmpTarget Target(SnmpUser user, IPEndPoint? endPoint = null, SnmpOptions? options = null) =>
        new(endPoint ?? TestServer.Snmpd, Options(user, options), "lab-1", "snmp");

    /// <summary>The line of snmpd's configuration that creates a user of SHA-1.</summary>
    public static string Creation(SnmpUser user)
    {
        var privacy = user.Privacy switch
        {
            PrivacyProtocol.None => "",
            PrivacyProtocol.Des => $"DES {Pairs.PrivacyPassword}",
            PrivacyProtocol.Aes128 => $"AES {Pairs.PrivacyPassword}",
            PrivacyProtocol.Aes192C => $"AES-192-C {Pairs.PrivacyPassword}",
            PrivacyProtocol.Aes256C => $"AES-256-C {Pairs.PrivacyPassword}",
            var other => $"AES-{other.ToString()[3..]} {Pairs.PrivacyPassword}",
        };
        return $"createUser {user.Name} SHA {Pairs.AuthenticationPassword} {privacy}";
    }

    /// <summary>Options with which nothing times out within a test, unless others are given.</summary>
    public static SnmpOptions Options(SnmpUser user, SnmpOptions? options = null) =>
        (options ?? Responder.Patient) with { Version = Snmp.Protocol.SnmpVersion.V3, User = user };
}
