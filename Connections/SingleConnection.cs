using System.Diagnostics;
using Connections.Locking;
using Connections.Pooling;
using Connections.Pools;

namespace Connections;

/// <summary>One plain connection under an alias.</summary>
internal sealed class SingleConnection(BaseConnection connection) : IManagedConnection
{
    public ConnectionSettings Settings => connection.Settings;

    public bool IsConnected => connection.IsConnected;

    public Task ConnectAsync(CancellationToken cancellationToken) => connection.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => connection.DisconnectAsync(cancellationToken);

    public TClient Get<TClient>()
        where TClient : class =>
        connection as TClient
        ?? throw new ConnectionException(
            $"The {connection} is a {connection.GetType().Name}, which is no {typeof(TClient).Name}. Ask for what it is, or for another alias.")
        {
            Alias = connection.Alias,
            Device = Settings.DeviceName,
        };

    public ValueTask<ConnectionLease<TClient>> LeaseAsync<TClient>(TimeSpan? timeout, string member, CancellationToken cancellationToken)
        where TClient : class
    {
        var client = Get<TClient>();
        var askedAt = Stopwatch.GetTimestamp();
        var releaser = connection.LockAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken, member);
        return CompleteAsync(client, releaser, askedAt);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async ValueTask<ConnectionLease<TClient>> CompleteAsync<TClient>(TClient client, ValueTask<Releaser> releaser, long askedAt)
        where TClient : class
    {
        var held = await releaser.ConfigureAwait(false);
        return new ConnectionLease<TClient>(client, held, Stopwatch.GetElapsedTime(askedAt));
    }
}
