using Microsoft.Extensions.Logging;

namespace Connections.Pooling;

/// <summary>What a pool reports of its own accord, because no request may be there to tell it to.</summary>
internal static partial class PoolLog
{
    [LoggerMessage(1, LogLevel.Warning, "A worker of {Pool} could not be created")]
    public static partial void CreateFailed(ILogger logger, string pool, Exception error);

    [LoggerMessage(2, LogLevel.Warning, "A worker of {Pool} is broken and will be replaced")]
    public static partial void WorkerBroke(ILogger logger, string pool, Exception? error);

    [LoggerMessage(3, LogLevel.Warning, "A worker of {Pool} could not be destroyed cleanly")]
    public static partial void DestroyFailed(ILogger logger, string pool, Exception error);

    [LoggerMessage(4, LogLevel.Warning, "A worker of {Pool} has been leased by {Member} for {Seconds:0.###} s, since {Since:O}; {Waiting} wait{Stack}")]
    public static partial void LeaseHeldLong(ILogger logger, string pool, string member, double seconds, DateTimeOffset since, int waiting, string stack);

    [LoggerMessage(5, LogLevel.Warning, "Too many attempts to connect to {Device} failed; none is made for {Seconds:0.###} s")]
    public static partial void BreakerOpened(ILogger logger, string device, double seconds, Exception? error);

    [LoggerMessage(6, LogLevel.Information, "Connecting to {Device} succeeds again")]
    public static partial void BreakerClosed(ILogger logger, string device);

    [LoggerMessage(7, LogLevel.Debug, "An attempt to connect to {Device} that had been given up has failed")]
    public static partial void OverdueAttemptFailed(ILogger logger, string device, Exception error);
}
