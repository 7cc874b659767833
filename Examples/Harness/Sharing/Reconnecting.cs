using System.Diagnostics;
using Connections.Pooling;
using Npgsql;

namespace Connections.Harness.Sharing;

/// <summary>The attempts of one wait to reach a server again: with growing pauses, until the wait is over, or for a while where it has no end.</summary>
/// <param name="server">The server.</param>
/// <param name="isPatient">Whether somebody else ends the wait.</param>
internal sealed class Reconnecting(PostgresAddress server, bool isPatient)
{
    // What a server says that is starting, stopping, or full (PostgreSQL's documentation, appendix A).
    private static readonly string[] Passing = ["08", "53", "57P"];

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private long? _since;
    private TimeSpan _pause = FirstPause;

    /// <summary>How long a wait without end goes on while the server is not reached.</summary>
    internal static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Why the server gives no lock yet; null while it does as it should.</summary>
    internal string? Problem { get; set; }

    /// <summary>Takes note that the server is reached.</summary>
    internal void Succeed()
    {
        _since = null;
        Problem = null;
    }

    /// <summary>Pauses after a failure, some random time so that not all who have lost it come at once.</summary>
    /// <exception cref="ConnectFailedException">The failure does not pass by itself, or the server has not been reached for long.</exception>
    internal async Task PauseAsync(NpgsqlException error, CancellationToken cancellationToken)
    {
        _since ??= Stopwatch.GetTimestamp();
        Problem = $"the server is not reached: {error.Message}";
        if (!Passes(error) || (!isPatient && Stopwatch.GetElapsedTime(_since.Value) >= Patience))
        {
            throw NewError(server, error);
        }

        await Task.Delay(_pause * (0.5 + Random.Shared.NextDouble()), cancellationToken);
        _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
    }

    /// <summary>The error of a server that is of no use.</summary>
    internal static ConnectFailedException NewError(PostgresAddress server, Exception error) =>
        new($"The server {server}, which keeps locks, cannot be used: {error.Message.TrimEnd('.')}. See that it runs, that it lets this user in, and that the address is right.", error);

    private static bool Passes(NpgsqlException error) => error is PostgresException { SqlState: { } state }
        ? Array.Exists(Passing, kind => state.StartsWith(kind, StringComparison.Ordinal))
        : error.InnerException is IOException or System.Net.Sockets.SocketException or TimeoutException || error.IsTransient;
}
