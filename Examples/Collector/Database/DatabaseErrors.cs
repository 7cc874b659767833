using System.Net.Sockets;
using Npgsql;

namespace Connections.Collector.Database;

/// <summary>Which failures of a database pass by themselves, which are the rows' own, and what they are in words.</summary>
internal static class DatabaseErrors
{
    private const string DataException = "22";
    private const string IntegrityViolation = "23";

    /// <summary>Whether the same rows may pass later: the server is away, has no room, or refuses a user until a person mends that.</summary>
    internal static bool IsTransient(Exception error) => error switch
    {
        PostgresException => !IsOfData(error),
        NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };

    /// <summary>Whether the rows themselves are at fault, so that fewer of them may pass.</summary>
    internal static bool IsOfData(Exception error) => error is PostgresException { SqlState: { } state }
        && (state.StartsWith(DataException, StringComparison.Ordinal) || state.StartsWith(IntegrityViolation, StringComparison.Ordinal));

    /// <summary>What happened, in one sentence.</summary>
    internal static string ReasonOf(Exception error) => error switch
    {
        PostgresException refused => $"{refused.MessageText} ({refused.SqlState}).",
        { InnerException: { } cause } when !error.Message.Contains(cause.Message, StringComparison.Ordinal) => $"{error.Message.TrimEnd('.')}: {cause.Message.TrimEnd('.')}.",
        _ => $"{error.Message.TrimEnd('.')}.",
    };
}
