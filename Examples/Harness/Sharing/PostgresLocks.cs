using System.Globalization;
using Connections.Pooling;
using Npgsql;

namespace Connections.Harness.Sharing;

/// <summary>Who has which lock of a server, for people and for messages; and taking one away.</summary>
internal static class PostgresLocks
{
    private const int AnswerSeconds = 5;

    // A key of 64 bits is kept in two halves (PostgreSQL's documentation, section 53.13).
    private const string List = """
        SELECT (l.classid::bigint << 32) | l.objid::bigint, l.granted, a.pid, coalesce(a.usename, '?'), coalesce(a.client_addr::text, 'local'), a.query,
            extract(epoch FROM clock_timestamp() - CASE WHEN l.granted THEN a.state_change ELSE a.query_start END)::float8,
            clock_timestamp()
        FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND a.application_name = $1
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        ORDER BY l.granted DESC, a.query_start
        """;

    private const string Break = """
        SELECT pg_terminate_backend(l.pid) FROM pg_locks l
        WHERE l.pid = $1 AND l.granted AND l.locktype = 'advisory' AND l.objsubid = 1 AND ((l.classid::bigint << 32) | l.objid::bigint) = $2
        """;

    /// <summary>Lists the locks that somebody has or waits for.</summary>
    /// <param name="server">The server.</param>
    /// <param name="names">The names of locks that are known, to tell those of whose users the server says nothing.</param>
    /// <param name="cancellationToken">Ends the wait for the server.</param>
    /// <exception cref="ConnectFailedException">The server cannot be used.</exception>
    internal static async Task<IReadOnlyList<SharedLock>> ListAsync(PostgresAddress server, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var users = await AskAsync(server, connection => ReadAsync(connection, cancellationToken), cancellationToken);
        var known = names.ToDictionary(PostgresSession.KeyOf);
        return
        [
            .. users.GroupBy(static user => user.Key)
                .Select(users => new SharedLock(
                    users.Select(static user => user.Name).Prepend(known.GetValueOrDefault(users.Key)).FirstOrDefault(static name => name is not null)
                        ?? string.Create(CultureInfo.InvariantCulture, $"key {users.Key}"),
                    server.Name,
                    users.FirstOrDefault(static user => user.IsGranted)?.User,
                    [.. users.Where(static user => !user.IsGranted).Select(static user => user.User)]))
                .OrderBy(static found => found.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Ends the session that has a lock; its process is told at its next step.</summary>
    /// <returns>Who had it; null if nobody did.</returns>
    /// <exception cref="ConnectFailedException">The server cannot be used, or does not let this user do it.</exception>
    internal static async Task<LockUser?> BreakAsync(PostgresAddress server, string name, CancellationToken cancellationToken)
    {
        var owner = (await ListAsync(server, [name], cancellationToken)).FirstOrDefault(status => status.Name == name)?.Owner;
        if (owner is null)
        {
            return null;
        }

        var isBroken = await AskAsync(server, async connection =>
        {
            var session = new NpgsqlParameter<int> { TypedValue = owner.Session!.Value };
            await using var command = NewCommand(connection, Break, session, new NpgsqlParameter<long> { TypedValue = PostgresSession.KeyOf(name) });
            return await command.ExecuteScalarAsync(cancellationToken) is true;
        }, cancellationToken);
        return isBroken ? owner : null;
    }

    private static async Task<T> AskAsync<T>(PostgresAddress server, Func<NpgsqlConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var connection = server.NewConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return await ask(connection);
        }
        catch (NpgsqlException error)
        {
            throw Reconnecting.NewError(server, error);
        }
    }

    private static async Task<List<Entry>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var entries = new List<Entry>();
        await using var command = NewCommand(connection, List, new NpgsqlParameter<string> { TypedValue = PostgresSession.Application });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(Read(reader));
        }

        return entries;
    }

    // What a session says of itself counts only if it has the key of the lock that it names.
    private static Entry Read(NpgsqlDataReader row)
    {
        var key = row.GetInt64(0);
        var session = row.GetInt32(2);
        var comment = LockComment.TryRead(row.IsDBNull(5) ? null : row.GetString(5));
        if (comment is null || PostgresSession.KeyOf(comment.Lock) != key)
        {
            var stranger = string.Create(CultureInfo.InvariantCulture, $"session {session} of {row.GetString(3)} from {row.GetString(4)}");
            return new Entry(key, null, row.GetBoolean(1), new LockUser(stranger, null, DateTimeOffset.UtcNow.AddSeconds(-Elapsed(row))) { Session = session });
        }

        var elapsed = comment.Since is { } since ? row.GetFieldValue<DateTimeOffset>(7) - since : TimeSpan.FromSeconds(Elapsed(row));
        return new Entry(key, comment.Lock, row.GetBoolean(1), new LockUser(comment.Who, comment.ProcessId, DateTimeOffset.UtcNow - elapsed)
        {
            Host = comment.Host,
            Command = comment.Command,
            Session = session,
        });
    }

    private static double Elapsed(NpgsqlDataReader row) => row.IsDBNull(6) ? 0 : row.GetDouble(6);

    private static NpgsqlCommand NewCommand(NpgsqlConnection connection, string statement, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(statement, connection) { CommandTimeout = AnswerSeconds };
        command.Parameters.AddRange(parameters);
        return command;
    }

    private sealed record Entry(long Key, string? Name, bool IsGranted, LockUser User);
}
