namespace Connections.Snmp.Protocol.Usm;

/// <summary>What lengths the secrets of a user may have.</summary>
internal static class UsmKeyRules
{
    public const int ShortestPassword = 8;

    /// <exception cref="ArgumentException">The authentication key does not fit its protocol.</exception>
    public static void CheckAuthenticationKey(UsmKey key, AuthenticationProtocol protocol)
    {
        var expected = AuthenticationAlgorithm.Of(protocol).HashLength;
        if (key.Form != UsmKeyForm.Password && key.GetOctets().Length != expected)
        {
            throw WrongLength(nameof(SnmpUser.AuthenticationKey), key, $"{expected} octets, as {protocol} makes them");
        }
    }

    /// <exception cref="ArgumentException">The privacy key does not fit the protocols.</exception>
    public static void CheckPrivacyKey(UsmKey key, AuthenticationProtocol authentication, PrivacyProtocol privacy)
    {
        var shortest = PrivacyAlgorithm.KeyLength(privacy);
        var master = AuthenticationAlgorithm.Of(authentication).HashLength;
        switch (key.Form)
        {
            case UsmKeyForm.Master when key.GetOctets().Length != master:
                throw WrongLength(nameof(SnmpUser.PrivacyKey), key, $"{master} octets, as {authentication} makes them");
            case UsmKeyForm.Localized when key.GetOctets().Length < shortest:
                throw WrongLength(nameof(SnmpUser.PrivacyKey), key, $"at least {shortest} octets, as {privacy} needs them");
        }
    }

    private static ArgumentException WrongLength(string name, UsmKey key, string wanted) =>
        new($"The {key.Form} key has {key.GetOctets().Length} octets, but must have {wanted}.", name);
}
