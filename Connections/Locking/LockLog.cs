using Microsoft.Extensions.Logging;

namespace Connections.Locking;

/// <summary>What locks report.</summary>
internal static partial class LockLog
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The lock of {Lock} has been held by {Member} for {Seconds:0.###} s, in the flow {Flow}; {Waiting} wait for it")]
    internal static partial void LongHold(ILogger logger, string @lock, string member, double seconds, string flow, int waiting);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Deadlock: {Deadlock}")]
    internal static partial void Deadlock(ILogger logger, string deadlock);
}
