using Connections.Tests;

namespace Connections.Harness.Tests;

/// <summary>What a shared pool has for workers, and how they speak to the agent, is its own matter: who uses it sees no difference.</summary>
[Platform("Linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ServeBackendTests : ServeFixture
{
    private const string SysLocation = "1.3.6.1.2.1.1.6.0";
    private const string IfDescr = "1.3.6.1.2.1.2.2.1.2";
    private const string V2c = "version: 2c, community: private";
    private const string V3 = "version: 3, user: admin, auth: SHA-256, priv: AES";
    private const string Passwords = ", credentials: { snmp: { auth_password: maplesyrup, priv_password: pancakes-with-syrup } }";

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    [Test]
    public async Task Every_version_and_backend_gets_sets_and_walks([Values(V2c, V3)] string version, [Values("managed", "netsnmp")] string backend)
    {
        using var host = Secured($"{version}, backend: {backend}", Passwords);
        await ServeAsync(host);

        var set = await ConnectionsProcess.RunAsync("set", "-t", host.Path, SysLocation, "s", "Berlin");
        var get = await ConnectionsProcess.RunAsync("get", "-t", host.Path, SysLocation);
        var walk = await ConnectionsProcess.RunAsync("walk", "-t", host.Path, IfDescr);

        Assert.That((set.Error, set.Output), Is.EqualTo(("", "SNMPv2-MIB::sysLocation.0 = STRING: Berlin\n")));
        Assert.That((get.Error, get.Output), Is.EqualTo(("", "SNMPv2-MIB::sysLocation.0 = STRING: Berlin\n")));
        Assert.That(walk.Error, Is.Empty);
        Assert.That(walk.Lines, Is.Not.Empty.And.All.StartsWith("IF-MIB::ifDescr."));
    }

    [Test]
    public async Task A_process_that_uses_a_pool_of_SNMPv3_needs_no_passwords()
    {
        using var host = Secured(V3, Passwords);
        using var user = Secured(V3, credentials: "");
        await ServeAsync(host);

        var get = await ConnectionsProcess.RunAsync("get", "-t", user.Path, SysName);

        Assert.That((get.Error, get.Output), Is.EqualTo(("", "SNMPv2-MIB::sysName.0 = STRING: edge1\n")));
    }

    [Test]
    public async Task Wrong_passwords_of_the_process_that_serves_are_told_to_who_starts_it()
    {
        using var host = Secured(V3, Passwords.Replace("maplesyrup", "another-password", StringComparison.Ordinal));

        var outcome = await ConnectionsProcess.RunAsync("serve", host.Path);

        outcome.AssertFailed(1, "edge1", "admin", "password");
        Assert.That(outcome.Error, Does.Not.Contain("another-password"));
    }

    [Test]
    public async Task Workers_of_Net_SNMP_end_with_the_process_that_has_them_however_it_ends()
    {
        using var lab = Lab("timeout: 60, retries: 0, backend: netsnmp");
        var host = await ServeAsync(lab);
        int[] workers = [.. ChildrenOf(host.Id)];
        Assert.That(workers, Has.Length.EqualTo(Workers));
        Device.Loss = 1;
        _ = Get(SysName, lab);
        await Eventually.UntilAsync(() => Device.Lost > 0);

        await host.KillAsync();

        await Eventually.UntilAsync(() => !workers.Any(static worker => Directory.Exists($"/proc/{worker}")));
        Device.Loss = 0;
        await ServeAsync(lab);
        Assert.That((await ConnectionsProcess.RunAsync("get", "-t", lab.Path, SysName)).Output, Is.EqualTo("SNMPv2-MIB::sysName.0 = STRING: edge1\n"));
        Assert.That(Directory.EnumerateFiles("/dev/shm", $"*netsnmp-{host.Id}-*", Everywhere), Is.Empty, "the next one sweeps what is left");
    }

    private TestbedFile Secured(string arguments, string credentials) => new($$"""
        testbed: { name: lab{{credentials}} }
        devices:
          edge1:
            connections:
              snmp: { protocol: snmp, ip: {{Device.EndPoint.Address}}, port: {{Device.EndPoint.Port}}, pool_size: 2, shared: true, {{arguments}} }
        """);

    private static IEnumerable<int> ChildrenOf(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .SelectMany(static thread => File.ReadAllText(Path.Combine(thread, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse);
}
