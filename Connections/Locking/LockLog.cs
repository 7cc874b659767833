using Microsoft.Extensions.Logging;

namespace Connections.Locking;

/// <summary>What locks report.</summary>
internal static partial class LockLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Deadlock: {Deadlock}")]
    internal static partial void Deadlock(ILogger logger, string deadlock);
}
