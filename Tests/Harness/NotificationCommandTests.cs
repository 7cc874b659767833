using System.Runtime.InteropServices;
using System.Text.Json;

namespace Connections.Harness.Tests;

public class NotificationCommandTests
{
    private const string LinkDown = "1.3.6.1.6.3.1.1.5.3";
    private const string IfDescr = "1.3.6.1.2.1.2.2.1.2.7";

    private static readonly Dictionary<string, string?> Passwords = new()
    {
        ["CONNECTIONS_AUTH_PASSWORD"] = "maplesyrup",
        ["CONNECTIONS_PRIV_PASSWORD"] = "pancakes-with-syrup",
    };

    private static readonly string[] User = ["--user", "admin", "--auth", "SHA-256", "--priv", "AES"];

    [TestCase(PosixSignal.SIGINT, 130)]
    [TestCase(PosixSignal.SIGTERM, 143)]
    public async Task Traps_says_where_it_listens_and_prints_what_comes_until_a_signal(PosixSignal signal, int exitCode)
    {
        using var traps = ConnectionsProcess.Start("traps", "--address", "127.0.0.1", "--port", "0");
        var place = (await traps.ReadLineAsync())!;
        Assert.That(place, Does.StartWith("listening at 127.0.0.1:"));

        var sent = await ConnectionsProcess.RunAsync("notify", place.Split(' ')[2], LinkDown, IfDescr, "s", "eth7");
        Assert.That((sent.ExitCode, sent.Output, sent.Error), Is.EqualTo((0, "", "")));
        Assert.That(await traps.ReadLineAsync(), Does.Match(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z SNMPv2c trap 1\.3\.6\.1\.6\.3\.1\.1\.5\.3 from 127\.0\.0\.1:\d+$"));
        Assert.That(await traps.ReadLineAsync(), Does.StartWith("  1.3.6.1.2.1.1.3.0 = "));
        Assert.That(await traps.ReadLineAsync(), Is.EqualTo($"  1.3.6.1.6.3.1.1.4.1.0 = {LinkDown}"));
        Assert.That(await traps.ReadLineAsync(), Is.EqualTo($"  {IfDescr} = eth7"));

        traps.Signal(signal);
        var end = await traps.EndAsync();
        Assert.That((end.ExitCode, end.Error), Is.EqualTo((exitCode, "connections: interrupted\n")));
    }

    [Test]
    public async Task Informs_of_a_user_are_acknowledged_and_printed_as_JSON()
    {
        using var traps = ConnectionsProcess.StartWith(Passwords, ["traps", "--address", "127.0.0.1", "--port", "0", "--count", "1", "--json", .. User]);
        using var place = JsonDocument.Parse((await traps.ReadLineAsync())!);
        var receiver = $"127.0.0.1:{place.RootElement.GetProperty("port").GetInt32()}";

        var sent = await ConnectionsProcess.RunWithAsync(Passwords, ["notify", receiver, LinkDown, IfDescr, "s", "eth7", "--inform", "--context", "vrf-1", "--json", .. User]);
        Assert.That((sent.ExitCode, sent.Error), Is.EqualTo((0, "")));
        Assert.That(sent.Json[0].GetProperty("acknowledged").GetBoolean(), Is.True);

        var end = await traps.EndAsync();
        Assert.That((end.ExitCode, end.Error), Is.EqualTo((0, "")));
        var inform = end.Json[0];
        Assert.That(
            new[] { "kind", "version", "user", "level", "context", "trapOid" }.Select(name => inform.GetProperty(name).GetString()),
            Is.EqualTo(new[] { "inform", "3", "admin", "authPriv", "vrf-1", LinkDown }));
        Assert.That(inform.GetProperty("varBinds")[2].GetProperty("value").GetString(), Is.EqualTo("eth7"));
    }

    [Test]
    public async Task An_inform_that_is_not_acknowledged_fails()
    {
        using var traps = ConnectionsProcess.Start("traps", "--address", "127.0.0.1", "--port", "0", "-c", "hidden");
        var receiver = (await traps.ReadLineAsync())!.Split(' ')[2];

        var sent = await ConnectionsProcess.RunAsync("notify", receiver, LinkDown, "--inform", "--timeout", "0.2", "--retries", "1");

        sent.AssertFailed(1, receiver, "2 attempts");
    }

    [TestCase("127.0.0.1 sysNaem.0", "'sysNaem.0' is no OID")]
    [TestCase("127.0.0.1 1.3.6.1 1.3.6.1.1 s", "is no assignment")]
    [TestCase("127.0.0.1 1.3.6.1 -v 1 --inform", "SNMPv1 has no informs")]
    [TestCase("127.0.0.1 1.3.6.1 -v 3", "--user NAME")]
    [TestCase(":162 1.3.6.1", "is no HOST[:port]")]
    public async Task A_notification_that_makes_no_sense_says_what_would(string arguments, string problem) =>
        (await ConnectionsProcess.RunAsync(["notify", .. arguments.Split(' ')])).AssertFailed(2, problem);

    [Test]
    public async Task An_address_that_is_none_is_usage() =>
        (await ConnectionsProcess.RunAsync("traps", "--address", "here")).AssertFailed(2, "'here' is not valid for --address");

    [Test]
    public async Task An_address_that_cannot_be_bound_is_named() =>
        (await ConnectionsProcess.RunAsync("traps", "--address", "192.0.2.1", "--port", "0")).AssertFailed(1, "192.0.2.1:0", "Choose an address of this machine");
}
