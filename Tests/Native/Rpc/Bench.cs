using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary>A server of a <see cref="Workbench"/> and a client of it, at an address that no other test has.</summary>
internal sealed class Bench(string address) : IAsyncDisposable
{
    private RpcServer? _server;
    private RpcClient? _client;

    public Workbench Server { get; } = new();

    /// <summary>Where it is served.</summary>
    public string Address { get; private set; } = "";

    public RpcServer Host => _server!;

    public RpcClient Caller => _client!;

    public IWorkbench Client => Caller.Get<IWorkbench>();

    public async Task StartAsync(RpcServerOptions? serving = null, RpcClientOptions? calling = null)
    {
        _server = await RpcServer.StartAsync(NewAddress(address), new RpcServices().Add<IWorkbench>(Server), serving);
        Address = _server.Address.ToString();
        _client = new RpcClient(Address, calling);
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    /// <summary>An address of the same kind that nobody uses.</summary>
    public static string NewAddress(string address) => address.EndsWith(":0", StringComparison.Ordinal) ? address : $"shm://test-{Guid.NewGuid():n}";
}
