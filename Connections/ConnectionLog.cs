using Microsoft.Extensions.Logging;

namespace Connections;

/// <summary>What connections report.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connection '{Alias}' of device '{Device}' is {State}")]
    internal static partial void StateChanged(ILogger logger, string alias, string device, ConnectionState state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection '{Alias}' of device '{Device}' is {State}: {Reason}")]
    internal static partial void StateChangedForError(ILogger logger, string alias, string device, ConnectionState state, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "A handler of the state of connection '{Alias}' of device '{Device}' threw")]
    internal static partial void HandlerFailed(ILogger logger, string alias, string device, Exception error);
}
