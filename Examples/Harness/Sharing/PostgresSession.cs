using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Connections.Harness.Sharing;

/// <summary>
/// A session of the server, which can have one lock: an advisory lock of the session (PostgreSQL's documentation, section 13.3.5), which goes with it, however it ends. Who
/// wait are served first come first. For one caller at a time.
/// </summary>
internal sealed class PostgresSession : IDisposable
{
    /// <summary>How sessions that keep locks are called.</summary>
    internal const string Application = "connections";

    /// <summary>How long connecting may take.</summary>
    internal const int ConnectSeconds = 5;

    private const int AnswerSeconds = 5;

    private const string Times = "clock_timestamp(), clock_timestamp() - pg_postmaster_start_time()";

    private readonly NpgsqlConnection _connection;
    private LockComment _comment;

    private PostgresSession(NpgsqlConnection connection, LockComment comment)
    {
        _connection = connection;
        _comment = comment;
        Name = comment.Lock;
    }

    /// <summary>The name of the lock.</summary>
    internal string Name { get; }

    /// <summary>How long the server had been up when the session last got the lock.</summary>
    internal TimeSpan ServerUptime { get; private set; }

    /// <summary>The number of a lock, the same on every machine: the first 64 bits of the SHA-256 digest of its name.</summary>
    internal static long KeyOf(string name) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    /// <summary>Connects.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The lock.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    internal static async Task<PostgresSession> OpenAsync(PostgresAddress server, string name, CancellationToken cancellationToken)
    {
        var connection = server.NewConnection();
        try
        {
            await connection.OpenAsync(cancellationToken);
            return new PostgresSession(connection, LockComment.Of(name));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Takes the lock, however long that takes.</summary>
    internal async Task LockAsync(CancellationToken cancellationToken)
    {
        await using var command = OnLock($"SELECT pg_advisory_lock($1), {Times}", seconds: 0);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        NoteHeld(reader);
    }

    /// <summary>Takes the lock if it is free.</summary>
    internal async Task<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        await using var command = OnLock($"SELECT pg_try_advisory_lock($1), {Times}", AnswerSeconds);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        NoteHeld(reader);
        return reader.GetBoolean(0);
    }

    /// <summary>Asks for an answer, which only a session gives that lives, and so has what it had.</summary>
    internal async Task PingAsync(CancellationToken cancellationToken)
    {
        await using var command = NewCommand("SELECT 1", AnswerSeconds);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <inheritdoc cref="PingAsync"/>
    internal void Ping()
    {
        using var command = NewCommand("SELECT 1", AnswerSeconds);
        command.ExecuteNonQuery();
    }

    /// <summary>Gives the lock back.</summary>
    /// <returns>Whether the session had it.</returns>
    internal bool Unlock()
    {
        _comment = LockComment.Of(Name);
        using var command = OnLock("SELECT pg_advisory_unlock($1)", AnswerSeconds);
        return command.ExecuteScalar() is true;
    }

    public void Dispose() => _connection.Dispose();

    private void NoteHeld(NpgsqlDataReader reader)
    {
        _comment = _comment with { Since = reader.GetFieldValue<DateTimeOffset>(1) };
        ServerUptime = reader.GetTimeSpan(2);
    }

    private NpgsqlCommand OnLock(string statement, int seconds)
    {
        var command = NewCommand(statement, seconds);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = KeyOf(Name) });
        return command;
    }

    private NpgsqlCommand NewCommand(string statement, int seconds) => new(_comment.AfterStatement(statement), _connection) { CommandTimeout = seconds };
}
