namespace Connections.Harness.Tests;

/// <summary><c>backend: netsnmp</c> in a testbed: the same commands, by worker processes with the system's library.</summary>
[Platform("Linux")]
public sealed class NetSnmpBackendTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";
    private const string IfEntry = "1.3.6.1.2.1.2.2.1";
    private const string IfDescr = "1.3.6.1.2.1.2.2.1.2";

    private const string Lab = """
        testbed: { name: lab }
        devices:
          edge1:
            simulated: true
            connections: { snmp: { protocol: snmp, pool_size: 2, backend: netsnmp } }
          edge2:
            simulated: true
            connections: { snmp: { protocol: snmp, backend: netsnmp } }
        """;

    [Test]
    public async Task Each_command_prints_what_it_prints_with_the_managed_engine()
    {
        using var own = new TestbedFile(Lab);
        using var managed = new TestbedFile(Lab.Replace(", backend: netsnmp", "", StringComparison.Ordinal));
        foreach (var command in (string[][])[["get", SysName], ["walk", IfDescr], ["exec", "--json", "-d", "edge1", $"get {SysName}", $"walk {IfDescr}"], ["table", IfEntry, "--column", "2", "--column", "5"]])
        {
            var (expected, outcome) = (await RunAsync(managed, command), await RunAsync(own, command));

            Assert.That((outcome.ExitCode, outcome.Error), Is.EqualTo((expected.ExitCode, expected.Error)), command[0]);
            Assert.That(WithoutTimes(outcome), Is.EqualTo(WithoutTimes(expected)).And.Not.Empty, command[0]);
        }
    }

    [Test]
    public async Task Without_the_library_the_error_names_the_package_to_install()
    {
        using var lab = new TestbedFile(Lab);
        var directory = Directory.CreateTempSubdirectory("connections-no-library");
        try
        {
            // Files that are no libraries, which are found first.
            foreach (var name in (string[])["libnetsnmp.so.40", "libnetsnmp.so"])
            {
                await File.WriteAllTextAsync(Path.Combine(directory.FullName, name), "");
            }

            var outcome = await ConnectionsProcess.RunWithAsync(
                new Dictionary<string, string?> { ["LD_LIBRARY_PATH"] = directory.FullName }, "get", "-t", lab.Path, "-d", "edge2", SysName);

            outcome.AssertFailed(1, "edge2", "Net-SNMP's library is not installed", "apt-get install libsnmp40", "backend: netsnmp");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Task<Outcome> RunAsync(TestbedFile lab, string[] command) => ConnectionsProcess.RunAsync([command[0], "-t", lab.Path, .. command[1..]]);

    private static string WithoutTimes(Outcome outcome) => System.Text.RegularExpressions.Regex.Replace(outcome.Output, "\"[A-Za-z]+Ms\":[0-9.]+", "");
}
