using System.Diagnostics;
using Connections.Harness.Labs;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>A host of services in this process, whose processes are real ones.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServiceHostTests : IAsyncDisposable
{
    private readonly string _name = $"bench-{Guid.NewGuid():n}";
    private readonly string _directory = Directory.CreateTempSubdirectory("connections-serve").FullName;
    private readonly RpcClient _client;

    public ServiceHostTests() => _client = new RpcClient($"shm://{_name}");

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Test]
    public async Task Processes_that_callers_have_left_idle_are_stopped_down_to_the_minimum()
    {
        await using var host = await StartAsync(new ServiceHostOptions { Command = CommandFor, IdleTime = TimeSpan.FromMilliseconds(500) });
        var gate = Path.Combine(_directory, "gate");
        var calls = Enumerable.Range(0, 6).Select(_ => _client.Get<IServeBench>().WaitForAsync(gate)).ToList();
        await Eventually.UntilAsync(() => Status.Processes == 3);
        await File.WriteAllTextAsync(gate, "");
        var servers = (await Task.WhenAll(calls).BoundedAsync()).Distinct().ToList();

        await Eventually.UntilAsync(() => Status.Processes == 1 && servers.Count(static server => Directory.Exists($"/proc/{server}")) == 1);

        Assert.That(servers, Has.Count.EqualTo(3));
        Assert.That(servers, Has.Member(await _client.Get<IServeBench>().WhoAsync().BoundedAsync()));
    }

    [Test]
    public async Task What_a_killed_host_has_left_of_its_lock_is_swept_by_the_next_one()
    {
        var path = Path.Combine(_directory, "services.ini");
        var other = $"bench-{Guid.NewGuid():n}";
        await File.WriteAllLinesAsync(path, [$"[{other}]", $"assembly = {typeof(ServeBenchModule).Assembly.Location}", $"type = {typeof(ServeBenchModule).FullName}"]);
        using var killed = ConnectionsProcess.Start("serve", path);
        await killed.ReadLineAsync();
        Assert.That(Files(other), Is.Not.Empty);
        await killed.KillAsync();

        await using var host = await StartAsync(new ServiceHostOptions { Command = CommandFor });

        await Eventually.UntilAsync(() => Files(other).Length == 0);
    }

    private ServiceStatus Status => ServiceHost.List().Single(service => service.Name == _name);

    private Task<ServiceHost> StartAsync(ServiceHostOptions options) => ServiceHost.StartAsync(
    [
        new ServiceDefinition(_name)
        {
            Assembly = typeof(ServeBenchModule).Assembly.Location,
            Type = typeof(ServeBenchModule).FullName!,
            LogDirectory = _directory,
            MaxProcesses = 3,
        },
    ], options).BoundedAsync();

    private static ProcessStartInfo CommandFor(ServiceDefinition service) =>
        new("dotnet", [typeof(Selection).Assembly.Location, "serve-process", service.Address, service.Assembly, service.Type]);

    private static string[] Files(string name) =>
        Directory.GetFiles("/dev/shm", $"service%20{name}*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true });
}
