using System.Security.Cryptography.X509Certificates;
using Connections.Native.Rpc;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>A service that is called over TCP too: the same processes serve, and all who call stand in one queue.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServeTcpTests : ServiceFixture
{
    [Test]
    public async Task Calls_over_TCP_and_through_shared_memory_are_served_by_the_same_processes()
    {
        var bench = Call(await ServeTcpAsync("tcp = 127.0.0.1:0"));
        await using var client = new RpcClient($"shm://{Service}");

        var server = await bench.WhoAsync().BoundedAsync();

        Assert.That(await client.Get<IServeBench>().WhoAsync().BoundedAsync(), Is.EqualTo(server));
        Assert.That(await bench.CountAsync(100).ToListAsync().AsTask().BoundedAsync(), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(
            async () => await bench.FailAsync("what went wrong").BoundedAsync(),
            Throws.TypeOf<RemoteCallException>().With.Message.EqualTo("what went wrong"));
    }

    [Test]
    public async Task A_call_that_is_given_up_frees_its_process()
    {
        var bench = Call(await ServeTcpAsync("tcp = 127.0.0.1:0"));
        using var cancellation = new CancellationTokenSource();
        var call = bench.WaitForAsync(Path.Combine(Folder, "never"), cancellation.Token);
        await Eventually.UntilAsync(() => Status is { Busy: 1 });

        await cancellation.CancelAsync();

        Assert.That(async () => await call.BoundedAsync(), Throws.InstanceOf<OperationCanceledException>());
        await Eventually.UntilAsync(() => Status is { Busy: 0 });
    }

    [Test]
    public async Task Another_service_than_is_served_is_told_so()
    {
        await using var client = new RpcClient(await ServeTcpAsync("tcp = 127.0.0.1:0"));

        Assert.That(async () => await client.Get<IServeOther>().DoAsync().BoundedAsync(), Throws.TypeOf<ServiceMismatchException>());
    }

    // A loopback address needs none; where there are certificates, they are asked for there too.
    [Test]
    public async Task With_certificates_only_a_client_that_shows_one_of_the_authority_is_served()
    {
        using var authority = Certificates.Authority("authority");
        using var server = Certificates.Issue("localhost", authority);
        await File.WriteAllTextAsync(Path.Combine(Folder, "ca.pem"), authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(Folder, "server.pem"), server.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(Folder, "server.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var address = await ServeTcpAsync("tcp = localhost:0", "certificate = server.pem", "key = server.key", "authorities = ca.pem");
        var bench = Call(address, new RpcTls { Certificate = Certificates.Issue("client", authority), TrustedAuthorities = [authority] });

        Assert.That(await bench.WhoAsync().BoundedAsync(), Is.Positive);
        await using var stranger = new RpcClient(address, new RpcClientOptions { WaitForServer = TimeSpan.Zero });
        Assert.That(async () => await stranger.Get<IServeBench>().WhoAsync().BoundedAsync(), Throws.TypeOf<NoServerException>());
    }

    /// <summary>Serves, and tells the address for TCP.</summary>
    private async Task<string> ServeTcpAsync(params string[] keys) => (await ServeAsync(keys))[1];
}
