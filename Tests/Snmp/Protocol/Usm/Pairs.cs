using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

/// <summary>Every pair of protocols, and users of them.</summary>
internal static class Pairs
{
    public const string AuthenticationPassword = "maplesyrup";
    public const string PrivacyPassword = "pancakes-with-syrup";

    public static IEnumerable<SnmpUser> Users =>
        from authentication in Enum.GetValues<AuthenticationProtocol>()
        from privacy in Enum.GetValues<PrivacyProtocol>()
        where authentication != AuthenticationProtocol.None || privacy == PrivacyProtocol.None
        select User(authentication, privacy);

    public static SnmpUser User(AuthenticationProtocol authentication, PrivacyProtocol privacy, string name = "pippin") => new(name)
    {
        Authentication = authentication,
        AuthenticationKey = authentication == AuthenticationProtocol.None ? null : UsmKey.Password(AuthenticationPassword),
        Privacy = privacy,
        PrivacyKey = privacy == PrivacyProtocol.None ? null : UsmKey.Password(PrivacyPassword),
    };
}
