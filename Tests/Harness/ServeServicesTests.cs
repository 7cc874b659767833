using System.Diagnostics;
using System.Runtime.InteropServices;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Hosting;
using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>Services whose processes are real ones.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServeServicesTests : ServiceFixture
{
    [Test]
    public async Task It_has_more_processes_while_callers_queue_and_no_more_than_it_may([Values] bool overTcp)
    {
        var bench = await ServeAsync(overTcp, "max_processes = 3");
        var gate = Path.Combine(Folder, "gate");
        var calls = Enumerable.Range(0, 6).Select(_ => bench.WaitForAsync(gate)).ToList();

        await Eventually.UntilAsync(() => Status is { Processes: 3, Busy: 3, Waiting: 3 });
        await File.WriteAllTextAsync(gate, "");

        Assert.That((await Task.WhenAll(calls).BoundedAsync()).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_process_that_is_killed_fails_its_call_alone_and_is_replaced([Values] bool overTcp)
    {
        var bench = await ServeAsync(overTcp);
        var first = await bench.WhoAsync().BoundedAsync();
        var call = bench.WaitForAsync(Path.Combine(Folder, "never"));
        await Eventually.UntilAsync(() => Status is { Busy: 1 });

        using (var process = Process.GetProcessById(first))
        {
            process.Kill();
        }

        Assert.That(async () => await call.BoundedAsync(), Throws.TypeOf<ServerDiedException>());
        Assert.That(await bench.WhoAsync().BoundedAsync(), Is.Not.EqualTo(first));
    }

    [Test]
    public async Task A_process_that_grows_too_large_is_replaced_after_its_call()
    {
        var bench = await ServeAsync(overTcp: false, "memory_limit = 400");

        var large = await bench.GrowAsync(600).BoundedAsync();

        await Eventually.UntilAsync(() => !Directory.Exists($"/proc/{large}"));
        Assert.That(await bench.WhoAsync().BoundedAsync(), Is.Not.EqualTo(large));
    }

    [Test]
    public async Task Told_to_stop_it_lets_calls_end_and_leaves_no_process_behind()
    {
        var bench = await ServeAsync(overTcp: false);
        var gate = Path.Combine(Folder, "gate");
        var server = await bench.WhoAsync().BoundedAsync();
        var call = bench.WaitForAsync(gate);
        await Eventually.UntilAsync(() => Status is { Busy: 1 });

        Host.Signal(PosixSignal.SIGTERM);
        await File.WriteAllTextAsync(gate, "");

        Assert.That(await call.BoundedAsync(), Is.EqualTo(server));
        var end = await Host.EndAsync();
        Assert.That((end.ExitCode, end.Error), Is.EqualTo((0, "")));
        Assert.That(Directory.Exists($"/proc/{server}"), Is.False);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(Folder, "logs", $"{Service}-{server}.log")), Does.Contain("the bench is ready"));
    }

    [Test]
    public async Task If_it_is_killed_its_processes_end_too()
    {
        var bench = await ServeAsync(overTcp: false);
        var server = await bench.WhoAsync().BoundedAsync();

        await Host.KillAsync();

        await Eventually.UntilAsync(() => !Directory.Exists($"/proc/{server}"));
    }

    [Test]
    public async Task The_status_tells_of_services_too()
    {
        var bench = await ServeAsync(overTcp: false);
        for (var call = 0; call < 3; call++)
        {
            await bench.WhoAsync().BoundedAsync();
        }

        var text = await ConnectionsProcess.RunAsync("serve", "--status");
        var status = await ConnectionsProcess.RunAsync("serve", "--status", "--json");

        Assert.That(text.Lines.Single(line => line.Contains(Service, StringComparison.Ordinal)), Does.Match(@"^shm://\S+ +\d+ +1 +0 +0 +3 +\d+ s$"));
        var service = status.Json.Single(record => record.GetProperty("name").GetString() == Service);
        Assert.That((service.GetProperty("kind").GetString(), service.GetProperty("workers").GetInt32(), service.GetProperty("served").GetInt32()), Is.EqualTo(("service", 1, 3)));
    }

    [TestCase("[a]\nassembly = x.dll\n", ":1: the section [a] needs a value for the key 'type'")]
    [TestCase("assembly = x.dll\n", ":1: the key 'assembly' stands before any section")]
    [TestCase("[a]\nassembli = x.dll\n", ":2: there is no key 'assembli'; there are assembly, type")]
    [TestCase("[a]\ntype = A\n# twice\ntype = B\n", ":4: the key 'type' is given twice; first in line 2")]
    [TestCase("[a]\nhello\n", ":2: 'hello' is neither a section nor a key")]
    [TestCase("[a b]\n", ":1: '[a b]' is no section")]
    [TestCase("[a]\n[a]\n", ":2: the section [a] is there already")]
    [TestCase("[defaults]\nmin_processes = 0\n[a]\nassembly = x\ntype = T\n", ":2: the key 'min_processes' is '0', but must be a whole number from 1 to 64")]
    [TestCase("[a]\nassembly = x\ntype = T\nmin_processes = 3\nmax_processes = 2\n", ":5: max_processes is 2, and min_processes 3")]
    [TestCase("[a]\nassembly = x\ntype = T\ntcp = 9000\n", ":4: the key 'tcp' is '9000', but must be HOST:PORT")]
    [TestCase("[a]\nassembly = x\ntype = T\ntcp = 0.0.0.0:9000\n", ":4: the key 'tcp' is '0.0.0.0:9000', where other machines can connect; give certificate, key and authorities")]
    [TestCase("[a]\nassembly = x\ntype = T\ncertificate = a.pem\nauthorities = b.pem\n", ":5: the section [a] needs the key 'key' too")]
    [TestCase("[a]\nassembly = x\ntype = T\ncertificate = a.pem\nkey = a.key\nauthorities = b.pem\n", ":4: certificate, key or authorities cannot be read")]
    [TestCase("[defaults]\n", " has no service: write a section [NAME]")]
    public async Task A_file_that_makes_no_sense_is_told_where_and_what_to_do(string text, string problem)
    {
        var path = Path.Combine(Folder, "services.ini");
        await File.WriteAllTextAsync(path, text);

        Assert.That(() => ServiceFile.Load(path), Throws.TypeOf<ServiceFileException>().With.Message.StartsWith(path + problem));
    }

    [Test]
    public async Task What_cannot_be_run_is_a_failure_and_a_bad_file_a_matter_of_usage()
    {
        var path = Path.Combine(Folder, "services.ini");
        await File.WriteAllTextAsync(path, "[a]\nassembly = none.dll\ntype = None\nlog_directory = logs\n");
        (await ConnectionsProcess.RunAsync("serve", path)).AssertFailed(1, "service 'a'", "log file in");
        await File.WriteAllTextAsync(path, "[a\n");
        (await ConnectionsProcess.RunAsync("serve", path)).AssertFailed(2, path + ":1:");
    }

    private async Task<IServeBench> ServeAsync(bool overTcp, params string[] keys) =>
        Call((await ServeAsync(overTcp ? [.. keys, "tcp = 127.0.0.1:0"] : keys))[^1]);
}
