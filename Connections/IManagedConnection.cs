using Connections.Pools;

namespace Connections;

/// <summary>What stands under an alias: one connection or a pool of them. The manager treats both alike.</summary>
internal interface IManagedConnection : IAsyncDisposable
{
    ConnectionSettings Settings { get; }

    bool IsConnected { get; }

    ConnectionStatus Status { get; }

    Task ConnectAsync(CancellationToken cancellationToken);

    Task DisconnectAsync(CancellationToken cancellationToken);

    TClient Get<TClient>()
        where TClient : class;

    /// <summary>Not async: what it enters must become current in the caller's flow.</summary>
    ValueTask<ConnectionLease<TClient>> LeaseAsync<TClient>(TimeSpan? timeout, string member, CancellationToken cancellationToken)
        where TClient : class;
}
