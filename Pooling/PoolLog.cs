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
}
