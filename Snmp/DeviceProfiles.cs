using Connections.Snmp.Protocol;

namespace Connections.Snmp;

/// <summary>
/// The profiles of kinds of devices, by their sysObjectID: the entry whose OID is the longest that contains the device's is its own. A connection
/// whose argument <c>profile</c> is <c>auto</c> asks the device for its sysObjectID and looks here. Thread-safe.
/// </summary>
public static class DeviceProfiles
{
    /// <summary>The instance whose value says what kind of device it is (RFC 3418).</summary>
    public static readonly Oid SysObjectId = Oid.Parse("1.3.6.1.2.1.1.2.0");

    private static readonly Lock Gate = new();
    private static IReadOnlyList<KeyValuePair<Oid, DeviceProfile>> _known = [];

    /// <summary>Adds the profile of all devices whose sysObjectID is under an OID, or replaces it.</summary>
    /// <param name="root">Such as <c>1.3.6.1.4.1.99999</c>.</param>
    /// <param name="profile">How they depart from the standards.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of the profile is out of its range.</exception>
    public static void Register(Oid root, DeviceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        profile.Validate();
        lock (Gate)
        {
            // The longest first, so that the first that contains an OID is the nearest.
            Volatile.Write(ref _known, [
                .. _known.Where(entry => entry.Key != root).Append(new(root, profile)).OrderByDescending(static entry => entry.Key.Count),
            ]);
        }
    }

    /// <summary>The profile of a device with this sysObjectID; <see cref="DeviceProfile.Standard"/> where none is registered.</summary>
    public static DeviceProfile Find(Oid sysObjectId)
    {
        foreach (var (root, profile) in Volatile.Read(ref _known))
        {
            if (sysObjectId.StartsWith(root))
            {
                return profile;
            }
        }

        return DeviceProfile.Standard;
    }
}
