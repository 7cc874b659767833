using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>A service that is called over TCP too: the same processes serve, and all who call stand in one queue.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServeTcpTests : IAsyncDisposable
{
    private readonly string _name = $"bench-{Guid.NewGuid():n}";
    private readonly string _directory = Directory.CreateTempSubdirectory("connections-serve").FullName;
    private ConnectionsProcess? _host;
    private RpcClient? _client;

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.KillAsync();
            _host.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Calls_over_TCP_and_through_shared_memory_are_served_by_the_same_processes()
    {
        var bench = Call(await ServeAsync("tcp = 127.0.0.1:0"));
        await using var client = new RpcClient($"shm://{_name}");

        var server = await bench.WhoAsync().BoundedAsync();

        Assert.That(await client.Get<IServeBench>().WhoAsync().BoundedAsync(), Is.EqualTo(server));
        Assert.That(await bench.CountAsync(100).ToListAsync().AsTask().BoundedAsync(), Is.EqualTo(Enumerable.Range(0, 100)));
        Assert.That(
            async () => await bench.FailAsync("what went wrong").BoundedAsync(),
            Throws.TypeOf<RemoteCallException>().With.Message.EqualTo("what went wrong"));
    }

    [Test]
    public async Task More_processes_are_started_while_callers_over_TCP_queue()
    {
        var bench = Call(await ServeAsync("tcp = 127.0.0.1:0", "max_processes = 3"));
        var gate = Path.Combine(_directory, "gate");
        var calls = Enumerable.Range(0, 6).Select(_ => bench.WaitForAsync(gate)).ToList();
        await Eventually.UntilAsync(() => Status is { Processes: 3, Busy: 3, Waiting: 3 });

        await File.WriteAllTextAsync(gate, "");

        Assert.That((await Task.WhenAll(calls).BoundedAsync()).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_call_whose_process_is_killed_fails_as_such_and_the_next_one_is_served()
    {
        var bench = Call(await ServeAsync("tcp = 127.0.0.1:0"));
        var first = await bench.WhoAsync().BoundedAsync();
        var call = bench.WaitForAsync(Path.Combine(_directory, "never"));
        await Eventually.UntilAsync(() => Status is { Busy: 1 });

        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
        }

        Assert.That(async () => await call.BoundedAsync(), Throws.TypeOf<ServerDiedException>());
        Assert.That(await bench.WhoAsync().BoundedAsync(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_call_that_is_given_up_frees_its_process()
    {
        var bench = Call(await ServeAsync("tcp = 127.0.0.1:0"));
        using var cancellation = new CancellationTokenSource();
        var call = bench.WaitForAsync(Path.Combine(_directory, "never"), cancellation.Token);
        await Eventually.UntilAsync(() => Status is { Busy: 1 });

        await cancellation.CancelAsync();

        Assert.That(async () => await call.BoundedAsync(), Throws.InstanceOf<OperationCanceledException>());
        await Eventually.UntilAsync(() => Status is { Busy: 0 });
    }

    [Test]
    public async Task Another_service_than_is_served_is_told_so()
    {
        _client = new RpcClient(await ServeAsync("tcp = 127.0.0.1:0"));

        Assert.That(async () => await _client.Get<IServeOther>().DoAsync().BoundedAsync(), Throws.TypeOf<ServiceMismatchException>());
    }

    // A loopback address needs none; where there are certificates, they are asked for there too.
    [Test]
    public async Task With_certificates_only_a_client_that_shows_one_of_the_authority_is_served()
    {
        using var authority = Issue("authority", null);
        using var server = Issue("localhost", authority);
        await File.WriteAllTextAsync(Path.Combine(_directory, "ca.pem"), authority.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_directory, "server.pem"), server.ExportCertificatePem());
        await File.WriteAllTextAsync(Path.Combine(_directory, "server.key"), server.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        var address = await ServeAsync("tcp = localhost:0", "certificate = server.pem", "key = server.key", "authorities = ca.pem");
        var bench = Call(address, new RpcTls { Certificate = Issue("client", authority), TrustedAuthorities = [authority] });

        Assert.That(await bench.WhoAsync().BoundedAsync(), Is.Positive);
        await using var stranger = new RpcClient(address, new RpcClientOptions { WaitForServer = TimeSpan.Zero });
        Assert.That(async () => await stranger.Get<IServeBench>().WhoAsync().BoundedAsync(), Throws.TypeOf<NoServerException>());
    }

    private ServiceStatus? Status => ServiceHost.List().SingleOrDefault(service => service.Name == _name);

    private IServeBench Call(string address, RpcTls? tls = null)
    {
        _client = new RpcClient(address, new RpcClientOptions { Tls = tls });
        return _client.Get<IServeBench>();
    }

    /// <summary>Serves, and tells the address for TCP.</summary>
    private async Task<string> ServeAsync(params string[] keys)
    {
        var path = Path.Combine(_directory, "services.ini");
        await File.WriteAllLinesAsync(
            path, [$"[{_name}]", $"assembly = {typeof(ServeBenchModule).Assembly.Location}", $"type = {typeof(ServeBenchModule).FullName}", "log_directory = logs", .. keys]);
        _host = ConnectionsProcess.Start("serve", path);
        var words = (await _host.ReadLineAsync())!.Split(' ');
        Assert.That(words[1..3], Is.EqualTo(new[] { $"shm://{_name}", "and" }));
        return words[3];
    }

    private static X509Certificate2 Issue(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, false, 0, true));
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, to);
        }

        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(issuer, from, to.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        using var whole = issued.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null, X509KeyStorageFlags.Exportable);
    }
}
