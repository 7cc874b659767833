using System.Security.Cryptography;
using System.Text;

namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// Works out the keys of a user for an engine. What takes milliseconds is kept, for all of the process and within bounds: the master key of each
/// password, and each stretched key. Thread-safe; meant to be called where milliseconds do not matter, not on an I/O thread.
/// </summary>
internal static class LocalizedKeys
{
    private const int MostMasters = 1_024;
    private const int MostStretched = 8_192;

    private static readonly KeyCache<(AuthenticationProtocol, UsmKey)> Masters = new(MostMasters);
    private static readonly KeyCache<(AuthenticationProtocol, PrivacyProtocol, UsmKey, SnmpEngineId)> Stretched = new(MostStretched);

    /// <summary>The key that messages of a user with authentication are signed with; the caller zeroes it.</summary>
    public static byte[] ForAuthentication(SnmpUser user, SnmpEngineId engineId) =>
        Localize(user.Authentication, user.AuthenticationKey!, engineId);

    /// <summary>The key that messages of a user with privacy are encrypted with; the caller zeroes it.</summary>
    public static byte[] ForPrivacy(SnmpUser user, SnmpEngineId engineId)
    {
        var length = PrivacyAlgorithm.KeyLength(user.Privacy);
        var localized = Localize(user.Authentication, user.PrivacyKey!, engineId);
        var key = new byte[length];
        if (localized.Length >= length)
        {
            localized.AsSpan(0, length).CopyTo(key);
        }
        else if (PrivacyAlgorithm.IsStretchedAsPassword(user.Privacy))
        {
            StretchAsPassword(user, engineId, localized, key);
        }
        else
        {
            KeyDerivation.StretchByHash(user.Authentication, localized, key);
        }

        CryptographicOperations.ZeroMemory(localized);
        return key;
    }

    private static byte[] Localize(AuthenticationProtocol protocol, UsmKey key, SnmpEngineId engineId)
    {
        if (key.Form == UsmKeyForm.Localized)
        {
            return key.GetOctets();
        }

        var localized = new byte[AuthenticationAlgorithm.Of(protocol).HashLength];
        Span<byte> master = stackalloc byte[localized.Length];
        GetMaster(protocol, key, master);
        KeyDerivation.Localize(protocol, master, engineId.Octets, localized);
        CryptographicOperations.ZeroMemory(master);
        return localized;
    }

    private static void GetMaster(AuthenticationProtocol protocol, UsmKey key, Span<byte> master)
    {
        if (key.Form == UsmKeyForm.Master)
        {
            key.GetOctets().CopyTo(master);
            return;
        }

        if (Masters.TryCopy((protocol, key), master))
        {
            return;
        }

        var password = Encoding.UTF8.GetBytes(key.Value.Reveal());
        KeyDerivation.ExpandPassword(protocol, password, master);
        CryptographicOperations.ZeroMemory(password);
        Masters.Keep((protocol, key), master);
    }

    private static void StretchAsPassword(SnmpUser user, SnmpEngineId engineId, ReadOnlySpan<byte> localized, Span<byte> key)
    {
        var name = (user.Authentication, user.Privacy, user.PrivacyKey!, engineId);
        if (Stretched.TryCopy(name, key))
        {
            return;
        }

        KeyDerivation.StretchAsPassword(user.Authentication, localized, engineId.Octets, key);
        Stretched.Keep(name, key);
    }
}
