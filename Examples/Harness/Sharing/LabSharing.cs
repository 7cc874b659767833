using Connections.Locking;
using Connections.Native.Sync;
using Connections.Testbeds;

namespace Connections.Harness.Sharing;

/// <summary>How processes take turns on the connections of a testbed that say so.</summary>
internal static class LabSharing
{
    /// <summary>The ways that testbeds may name in this command.</summary>
    internal static LockScopes Scopes { get; } = new LockScopes().AddHost().AddPostgres();

    /// <summary>What devices of a testbed are made with.</summary>
    internal static DeviceOptions Options { get; } = new() { LockScope = Scopes.Open };

    /// <summary>The servers that keep locks for the connections of a testbed, each with the names of those locks.</summary>
    /// <exception cref="Pooling.ConnectionException">A connection names one that makes no sense.</exception>
    internal static IReadOnlyList<(PostgresAddress Server, IReadOnlyList<string> Names)> ServersOf(Testbed testbed) =>
    [
        .. ConnectionsOf(testbed).Where(static connection => connection.SharedBy != HostLockScopes.Name)
            .GroupBy(PostgresAddress.Of, LockScopes.NameOf)
            .Select(static group => (group.Key, (IReadOnlyList<string>)[.. group])),
    ];

    /// <summary>The server that keeps a lock; null if it is this machine's own.</summary>
    /// <exception cref="UsageException">No connection of the testbed has such a lock.</exception>
    internal static PostgresAddress? FindServer(Testbed testbed, string name)
    {
        var shared = ConnectionsOf(testbed).ToList();
        var found = shared.Find(connection => LockScopes.NameOf(connection) == name);
        if (found is null)
        {
            var known = shared.Count == 0 ? "none" : string.Join(", ", shared.Select(LockScopes.NameOf));
            throw new UsageException($"{testbed.File}: no connection has a lock '{name}'; those that say 'shared: host' or name a server have {known}.");
        }

        return found.SharedBy == HostLockScopes.Name ? null : PostgresAddress.Of(found);
    }

    private static IEnumerable<ConnectionSettings> ConnectionsOf(Testbed testbed) => testbed.Devices.Values
        .SelectMany(static device => device.Connections.Values)
        .Where(static connection => connection.SharedBy is not null && connection.PoolSize is null);
}
