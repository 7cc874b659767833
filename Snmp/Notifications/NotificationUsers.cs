using System.Text;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Notifications;

/// <summary>The users of a listener, by name and by the engine that they may send from.</summary>
internal sealed class NotificationUsers
{
    private readonly Dictionary<byte[], SnmpUser[]> _byName;
    private readonly Dictionary<byte[], SnmpUser[]>.AlternateLookup<ReadOnlySpan<byte>> _byOctets;

    /// <exception cref="ArgumentException">A user is invalid, stands here twice, or has localized keys without the engine that they are for.</exception>
    internal NotificationUsers(IReadOnlyList<SnmpUser> users)
    {
        foreach (var user in users)
        {
            Check(user);
        }

        _byName = users.GroupBy(static user => user.Name).ToDictionary(
            static named => Encoding.UTF8.GetBytes(named.Key), static named => Distinct(named.Key, [.. named]), OctetComparer.Instance);
        _byOctets = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The users who may speak of an engine, each name once.</summary>
    internal IEnumerable<SnmpUser> Of(SnmpEngineId engineId) => _byName.Values.Select(named => Choose(named, engineId.Octets)).OfType<SnmpUser>();

    /// <summary>Finds a user.</summary>
    /// <param name="name">The octets of the name.</param>
    /// <param name="engineId">The engine that the user sends from.</param>
    /// <param name="isKnown">Whether there is a user of that name, from whatever engine.</param>
    internal SnmpUser? Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> engineId, out bool isKnown)
    {
        isKnown = _byOctets.TryGetValue(name, out var named);
        return isKnown ? Choose(named!, engineId) : null;
    }

    // A user who names the engine comes before one who may send from any.
    private static SnmpUser? Choose(SnmpUser[] named, ReadOnlySpan<byte> engineId)
    {
        SnmpUser? any = null;
        foreach (var user in named)
        {
            if (user.EngineId.IsEmpty)
            {
                any = user;
            }
            else if (user.EngineId.Octets.SequenceEqual(engineId))
            {
                return user;
            }
        }

        return any;
    }

    private static void Check(SnmpUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        user.Validate();
        if (user.EngineId.IsEmpty && (user.AuthenticationKey?.Form == UsmKeyForm.Localized || user.PrivacyKey?.Form == UsmKeyForm.Localized))
        {
            throw new ArgumentException($"User '{user.Name}' of SNMPv3 has a localized key, which works with one engine only: give its EngineId.", nameof(user));
        }
    }

    private static SnmpUser[] Distinct(string name, SnmpUser[] named) =>
        named.DistinctBy(static user => user.EngineId).Count() == named.Length
            ? named
            : throw new ArgumentException($"User '{name}' of SNMPv3 stands twice among the users, with one engine ID or with none.", nameof(named));
}
