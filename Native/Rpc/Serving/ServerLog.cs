using Microsoft.Extensions.Logging;

namespace Connections.Native.Rpc.Serving;

/// <summary>What a server tells of its clients.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Address}: the connection with {Peer} was ended: {Reason}")]
    public static partial void ConnectionEnded(ILogger logger, RpcAddress address, string peer, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Address}: {Peer} was turned away, since {Count} clients are connected")]
    public static partial void TurnedAway(ILogger logger, RpcAddress address, string peer, int count);

    [LoggerMessage(3, LogLevel.Debug, "{Address}: {Peer} is gone: {Reason}")]
    public static partial void ClientLost(ILogger logger, RpcAddress address, string peer, string reason);

    [LoggerMessage(4, LogLevel.Error, "{Address}: the connection with {Peer} ended by an error that nobody expected")]
    public static partial void Unexpected(ILogger logger, RpcAddress address, string peer, Exception error);

    [LoggerMessage(5, LogLevel.Error, "{Address}: a client cannot be let in")]
    public static partial void NotAccepted(ILogger logger, RpcAddress address, Exception error);
}
