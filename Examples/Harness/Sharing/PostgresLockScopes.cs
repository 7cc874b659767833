using Connections.Locking;

namespace Connections.Harness.Sharing;

/// <summary>The processes of several machines taking turns, for testbeds to name.</summary>
internal static class PostgresLockScopes
{
    /// <summary>Registers <see cref="PostgresLockScope"/> for connections that say <c>shared: postgres://user@server/database</c>.</summary>
    /// <returns><paramref name="scopes"/>, to register more.</returns>
    internal static LockScopes AddPostgres(this LockScopes scopes) =>
        PostgresAddress.Schemes.Aggregate(scopes, static (added, scheme) => added.Add(scheme, static settings => new PostgresLockScope(settings)));
}
