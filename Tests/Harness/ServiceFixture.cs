using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>One service of the command's, described in an ini file in a folder of its own, and clients of it.</summary>
public abstract class ServiceFixture : IAsyncDisposable
{
    private readonly List<RpcClient> _clients = [];
    private ConnectionsProcess? _host;

    /// <summary>The name of the service.</summary>
    protected string Service { get; } = $"bench-{Guid.NewGuid():n}";

    protected string Folder { get; } = Directory.CreateTempSubdirectory("connections-serve").FullName;

    protected string InMemory => $"shm://{Service}";

    private protected ConnectionsProcess Host => _host!;

    private protected ServiceStatus? Status => ServiceHost.List().SingleOrDefault(service => service.Name == Service);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.KillAsync();
            _host.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Serves, and tells where: in shared memory, and over TCP if the keys say so.</summary>
    protected async Task<string[]> ServeAsync(params string[] keys)
    {
        var path = Path.Combine(Folder, "services.ini");
        await File.WriteAllTextAsync(path, $"""
            [defaults]
            log_directory = logs

            [{Service}]
            assembly = {typeof(ServeBenchModule).Assembly.Location}
            type = {typeof(ServeBenchModule).FullName}
            {string.Join('\n', keys)}
            """);
        _host = ConnectionsProcess.Start("serve", path);
        var addresses = (await _host.ReadLineAsync())!.Split(' ').Where(static word => word.Contains("://", StringComparison.Ordinal)).ToArray();
        Assert.That(addresses, Has.Length.EqualTo(keys.Any(static key => key.StartsWith("tcp", StringComparison.Ordinal)) ? 2 : 1).And.Member(InMemory));
        return addresses;
    }

    private protected IServeBench Call(string address, RpcTls? tls = null)
    {
        var client = new RpcClient(address, new RpcClientOptions { Tls = tls, WaitForServer = TimeSpan.FromSeconds(30) });
        _clients.Add(client);
        return client.Get<IServeBench>();
    }
}
