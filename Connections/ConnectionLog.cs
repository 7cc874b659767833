using Microsoft.Extensions.Logging;

namespace Connections;

/// <summary>What connections report.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connection '{Alias}' of device '{Device}' is {State}")]
    internal static partial void StateChanged(ILogger logger, string alias, string device, ConnectionState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection '{Alias}' of device '{Device}' is {State}: {Reason}")]
    internal static partial void StateChangedForError(ILogger logger, string alias, string device, ConnectionState state, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Connection '{Alias}' of device '{Device}' could not be connected again, the next attempt follows in {Seconds:0.#} s: {Reason}")]
    internal static partial void ReconnectFailed(ILogger logger, string alias, string device, double seconds, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection '{Alias}' of device '{Device}' is not connected again by itself: {Reason}")]
    internal static partial void ReconnectRefused(ILogger logger, string alias, string device, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connection '{Alias}' of device '{Device}' is not to be connected again")]
    internal static partial void ReconnectingStopped(ILogger logger, string alias, string device);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of the state of connection '{Alias}' of device '{Device}' threw")]
    internal static partial void HandlerFailed(ILogger logger, string alias, string device, Exception error);
}
