using Microsoft.Extensions.Logging;

namespace Connections.Collector.Monitoring;

/// <summary>What the collector tells its log. No message has a secret, nor a connection string, which may hold one.</summary>
internal static partial class CollectorLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Path}, line {Line} is no request: {Reason}")]
    internal static partial void LineRefused(ILogger logger, string path, int line, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A message of queue {Queue} is no request, and goes to the dead letters: {Reason}")]
    internal static partial void MessageRefused(ILogger logger, string queue, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The broker is not reachable ({Purpose}, attempt {Attempt}): {Reason} Next attempt in {Delay}.")]
    internal static partial void BrokerLost(ILogger logger, string purpose, int attempt, string reason, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Information, "Connected to the broker ({Purpose})")]
    internal static partial void BrokerFound(ILogger logger, string purpose);

    [LoggerMessage(5, LogLevel.Warning, "The database does not take rows (attempt {Attempt}): {Reason} Next attempt in {Delay}.")]
    internal static partial void DatabaseLost(ILogger logger, int attempt, string reason, TimeSpan delay);

    [LoggerMessage(6, LogLevel.Error, "A row of table {Table} was refused: {Reason}")]
    internal static partial void RowRefused(ILogger logger, string table, string reason);

    [LoggerMessage(7, LogLevel.Error, "Block {Sequence} could not be stored; its requests are given back")]
    internal static partial void BlockLost(ILogger logger, Exception error, long sequence);

    [LoggerMessage(8, LogLevel.Information, "{Line}")]
    internal static partial void Progress(ILogger logger, string line);

    [LoggerMessage(9, LogLevel.Warning, "A request could not be acknowledged, so that the broker sends it again: {Reason}")]
    internal static partial void NotAcknowledged(ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Information, "Told to stop: finishing what is under way within {Deadline}")]
    internal static partial void Stopping(ILogger logger, TimeSpan deadline);

    [LoggerMessage(11, LogLevel.Warning, "Not everything under way was done within {Deadline}; what is left is given back")]
    internal static partial void DeadlineMissed(ILogger logger, TimeSpan deadline);

    [LoggerMessage(12, LogLevel.Critical, "The collector ends: {Reason}")]
    internal static partial void Failed(ILogger logger, Exception error, string reason);

    [LoggerMessage(13, LogLevel.Debug, "How many requests wait is not known: {Reason}")]
    internal static partial void DepthUnknown(ILogger logger, string reason);

    [LoggerMessage(14, LogLevel.Debug, "A connection to the broker did not close in order: {Reason}")]
    internal static partial void NotClosed(ILogger logger, string reason);
}
