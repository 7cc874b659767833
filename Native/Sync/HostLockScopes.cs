using Connections.Locking;

namespace Connections.Native.Sync;

/// <summary>The processes of one machine taking turns, for testbeds to name.</summary>
public static class HostLockScopes
{
    /// <summary>What a testbed writes: <c>shared: host</c>.</summary>
    public const string Name = "host";

    /// <summary>Registers <see cref="HybridLockScope"/> for connections that say <c>shared: host</c>.</summary>
    /// <returns><paramref name="scopes"/>, to register more.</returns>
    public static LockScopes AddHost(this LockScopes scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        return scopes.Add(Name, static settings => new HybridLockScope(LockScopes.NameOf(settings)));
    }
}
