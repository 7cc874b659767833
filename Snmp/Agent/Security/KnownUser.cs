using System.Text;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Agent.Security;

/// <summary>A user of one device, and whether the keys for its engine are made.</summary>
internal sealed class KnownUser(SimulatedUser user)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(user.User.Name);
    private Task<UsmKeys>? _making;

    public SnmpUser User => user.User;

    /// <summary>Whether the authority still lacks keys that the user needs.</summary>
    public bool LacksKeys { get; private set; } = user.User.Level != SecurityLevel.NoAuthNoPriv;

    public bool IsCalled(ReadOnlySpan<byte> name) => name.SequenceEqual(_name);

    public RequestAccess AccessAt(SecurityLevel level) => user.AccessAt(level);

    /// <summary>Makes the keys, on another thread since that may take milliseconds; only the first call does.</summary>
    public Task MakeKeys(SnmpEngineId engineId) => _making ??= Task.Run(() => new UsmKeys(User, engineId));

    /// <summary>Hands keys that have been made to the authority.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The platform refuses an algorithm of the user.</exception>
    public void HandKeysTo(UsmAuthority authority)
    {
        authority.Adopt(_making!.GetAwaiter().GetResult());
        LacksKeys = false;
    }
}
