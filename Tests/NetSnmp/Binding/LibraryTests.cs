using Connections.NetSnmp.Worker.Binding;
using Connections.Pooling;
using Connections.Snmp.Tests.Operations;
using Connections.Tests.Servers;

namespace Connections.NetSnmp.Tests.Binding;

/// <summary>Libraries that are missing, or not what the binding was made for: refused with what to do, before anything is sent.</summary>
internal sealed class LibraryTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [TestCase("5.9", true)]
    [TestCase("5.9.1", true)]
    [TestCase("5.9.4.pre2", true)]
    [TestCase("5.8", false)]
    [TestCase("5.90", false)]
    [TestCase("6.0", false)]
    [TestCase("", false)]
    public void Only_versions_5_9_are_accepted(string version, bool isAccepted) => Assert.That(
        () => LayoutCheck.Demand(version), isAccepted ? Throws.Nothing : Throws.TypeOf<NetSnmpUnavailableException>().With.Message.Contains("5.9"));

    [Test]
    public Task A_missing_library_is_told_with_the_package_to_install() =>
        AssertRefusedAsync("libnetsnmp-that-nobody-has.so.40", "libnetsnmp-that-nobody-has.so.40", "apt-get install libsnmp40", "backend: netsnmp");

    [Test]
    public async Task Another_version_is_refused()
    {
        using var compiler = new Compiler();
        var library = await compiler.MakeAsync("libnetsnmp-5.8.so", "const char *netsnmp_get_version(void) { return \"5.8.1\"; }", Shared);

        await AssertRefusedAsync(library, "version 5.8.1", "5.9", "libsnmp40");
    }

    [Test]
    public async Task A_session_of_another_size_is_refused()
    {
        using var compiler = new Compiler();
        var library = await compiler.MakeAsync("libnetsnmp-large.so", """
            #include <string.h>
            void snmp_sess_init(char *session) { memset(session, 0, 496); }
            """, Shared);

        await AssertRefusedAsync(library, "session has another size");
    }

    [Test]
    public async Task A_session_whose_fields_lie_elsewhere_is_refused()
    {
        using var compiler = new Compiler();
        var library = await compiler.MakeAsync("libnetsnmp-moved.so", """
            #include <string.h>
            void snmp_sess_init(char *session) { memset(session, 0, 488); session[16] = 1; }
            """, Shared);

        await AssertRefusedAsync(library, "fields of its session");
    }

    [Test]
    public async Task A_library_of_another_kind_is_refused()
    {
        await AssertRefusedAsync("libc.so.6", "netsnmp_get_version");
    }

    // What it does not define itself comes from the real one.
    private static readonly string[] Shared = ["-shared", "-fPIC", "-Wl,--no-as-needed"];

    private static async Task AssertRefusedAsync(string library, params string[] words)
    {
        var settings = TestConnection.Settings(TestServer.Snmpd);
        await using var connection = new NetSnmpConnection(settings, new NetSnmpOptions { LibraryNames = [library] });

        var error = Assert.ThrowsAsync<ConnectFailedException>(() => connection.ConnectAsync().WaitAsync(Bound));

        Assert.That((error!.Alias, error.Device, connection.WorkerProcessId), Is.EqualTo(("snmp", "router-1", (int?)null)));
        foreach (var word in words)
        {
            Assert.That(error.Message, Does.Contain(word));
        }
    }
}
