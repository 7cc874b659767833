namespace Connections.Snmp.Tests.Operations;

/// <summary>A connection of any class that speaks SNMP, as tests use it.</summary>
internal sealed class TestClient(BaseConnection connection) : ISnmpClient, IAsyncDisposable
{
    private readonly ISnmpClient _client = (ISnmpClient)connection;

    /// <summary>Connects, and returns it ready for calls.</summary>
    public static async Task<TestClient> OpenAsync(BaseConnection connection)
    {
        try
        {
            await connection.ConnectAsync();
            return new TestClient(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) =>
        _client.SendAsync(request, cancellationToken);

    public ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default) =>
        _client.CollectAsync(request, cancellationToken);

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
