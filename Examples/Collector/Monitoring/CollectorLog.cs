using Microsoft.Extensions.Logging;

namespace Connections.Collector.Monitoring;

/// <summary>
/// What the collector tells its log. No message has a secret, nor a connection string, which may hold one. Exceptions are told in words; where they came from is for whoever looks for
/// a mistake in the program, at the level Debug.
/// </summary>
internal static partial class CollectorLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Path}, line {Line} is no request: {Reason}")]
    internal static partial void LineRefused(ILogger logger, string path, int line, string reason);

    [LoggerMessage(2, LogLevel.Warning, "A message of queue {Queue} cannot be used, and goes to the dead letters: {Reason}")]
    internal static partial void MessageRefused(ILogger logger, string queue, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The {Broker} is not reachable for {Purpose} (attempt {Attempt}, the next one in {Delay:0.0} s): {Reason}")]
    internal static partial void BrokerLost(ILogger logger, string broker, string purpose, int attempt, double delay, string reason);

    [LoggerMessage(4, LogLevel.Information, "Connected to the {Broker} for {Purpose}")]
    internal static partial void BrokerFound(ILogger logger, string broker, string purpose);

    [LoggerMessage(5, LogLevel.Warning, "The {Database} does not take rows (attempt {Attempt}, the next one in {Delay:0.0} s): {Reason}")]
    internal static partial void DatabaseLost(ILogger logger, string database, int attempt, double delay, string reason);

    [LoggerMessage(6, LogLevel.Error, "A row of table {Table} of the {Database} was refused: {Reason}")]
    internal static partial void RowRefused(ILogger logger, string table, string database, string reason);

    [LoggerMessage(7, LogLevel.Error, "Block {Sequence} could not be stored, and its requests are given back: {Reason}")]
    internal static partial void BlockLost(ILogger logger, long sequence, string reason);

    [LoggerMessage(8, LogLevel.Information, "{Line}")]
    internal static partial void Progress(ILogger logger, string line);

    [LoggerMessage(9, LogLevel.Warning, "A message could not be acknowledged, so that the broker sends it again: {Reason}")]
    internal static partial void NotAcknowledged(ILogger logger, string reason);

    [LoggerMessage(10, LogLevel.Information, "Told to stop: finishing what is under way within {Seconds:0.0} s")]
    internal static partial void Stopping(ILogger logger, double seconds);

    [LoggerMessage(11, LogLevel.Warning, "Not everything under way was done within {Seconds:0.0} s; what is left is given back")]
    internal static partial void DeadlineMissed(ILogger logger, double seconds);

    [LoggerMessage(12, LogLevel.Critical, "The collector ends: {Reason}")]
    internal static partial void Failed(ILogger logger, string reason);

    [LoggerMessage(13, LogLevel.Debug, "How many requests wait is not known: {Reason}")]
    internal static partial void DepthUnknown(ILogger logger, string reason);

    [LoggerMessage(14, LogLevel.Debug, "A connection to the broker did not close in order: {Reason}")]
    internal static partial void NotClosed(ILogger logger, string reason);

    [LoggerMessage(15, LogLevel.Debug, "Where it came from")]
    internal static partial void Trace(ILogger logger, Exception error);

    [LoggerMessage(16, LogLevel.Information, "Reading requests from standard input, a JSON object a line")]
    internal static partial void ReadingStandardInput(ILogger logger);
}
