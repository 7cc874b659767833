using System.Security.Cryptography.X509Certificates;
using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary>Certificates on both sides, or no connection.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TlsTests : IAsyncDisposable
{
    private readonly X509Certificate2 _authority = Certificates.Authority("authority");
    private readonly X509Certificate2 _stranger = Certificates.Authority("stranger");
    private RpcServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _authority.Dispose();
        _stranger.Dispose();
    }

    [Test]
    public async Task With_certificates_of_one_authority_on_both_sides_calls_are_served()
    {
        await ServeAsync(Tls(_authority, _authority));

        Assert.That(await CallAsync(Tls(_authority, _authority)), Is.EqualTo(3));
    }

    [Test]
    public async Task A_client_with_the_certificate_of_another_authority_is_refused()
    {
        await ServeAsync(Tls(_authority, _authority));

        Assert.That(async () => await CallAsync(Tls(_stranger, _authority)), Throws.TypeOf<RpcSecurityException>().Or.TypeOf<NoServerException>());
    }

    [Test]
    public async Task A_server_with_the_certificate_of_another_authority_is_refused()
    {
        await ServeAsync(Tls(_stranger, _authority));

        Assert.That(
            async () => await CallAsync(Tls(_authority, _authority)),
            Throws.TypeOf<RpcSecurityException>().With.Message.Contains("trusted"));
    }

    [Test]
    public async Task A_certificate_of_another_host_is_refused()
    {
        await ServeAsync(Tls(_authority, _authority));

        Assert.That(
            async () => await CallAsync(Tls(_authority, _authority) with { ServerName = "elsewhere" }),
            Throws.TypeOf<RpcSecurityException>());
    }

    [Test]
    public async Task A_client_without_a_certificate_gets_no_answer()
    {
        await ServeAsync(Tls(_authority, _authority));

        Assert.That(async () => await CallAsync(null), Throws.TypeOf<NoServerException>());
    }

    [Test]
    public void Beyond_this_machine_nobody_serves_or_calls_without_certificates()
    {
        var services = new RpcServices().Add<IWorkbench>(new Workbench());

        Assert.That(
            async () => await RpcServer.StartAsync("tcp://0.0.0.0:0", services).AsTask().BoundedAsync(),
            Throws.TypeOf<RpcSecurityException>().With.Message.Contains("Tls"));
        Assert.That(
            async () => await new RpcClient("tcp://192.0.2.1:1").Get<IWorkbench>().AddAsync(1, 2).BoundedAsync(),
            Throws.TypeOf<RpcSecurityException>().With.Message.Contains("192.0.2.1"));
    }

    private static RpcTls Tls(X509Certificate2 issuer, X509Certificate2 trusted) =>
        new() { Certificate = Certificates.Issue("localhost", issuer), TrustedAuthorities = [trusted] };

    private async Task ServeAsync(RpcTls tls) =>
        _server = await RpcServer.StartAsync("tcp://localhost:0", new RpcServices().Add<IWorkbench>(new Workbench()), new RpcServerOptions { Tls = tls });

    private async Task<int> CallAsync(RpcTls? tls)
    {
        await using var client = new RpcClient(_server!.Address.ToString(), new RpcClientOptions { Tls = tls, WaitForServer = TimeSpan.Zero });
        return await client.Get<IWorkbench>().AddAsync(1, 2).BoundedAsync();
    }
}
