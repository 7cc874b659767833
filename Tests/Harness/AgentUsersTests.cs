using System.Text.Json;

namespace Connections.Harness.Tests;

/// <summary>Users and contexts of SNMPv3 on the command line, which never shows a password.</summary>
public class AgentUsersTests
{
    private const string SysName = "1.3.6.1.2.1.1.5.0";
    private const string Authentication = "CONNECTIONS_AUTH_PASSWORD";
    private const string Privacy = "CONNECTIONS_PRIV_PASSWORD";

    private static readonly string[] Admin = ["--user", "admin", "--auth", "SHA-512", "--priv", "AES-256"];

    private static readonly Dictionary<string, string?> Passwords = new() { [Authentication] = "maplesyrup", [Privacy] = "pancakes-with-syrup" };

    private static readonly Dictionary<string, string?> None = new() { [Authentication] = null, [Privacy] = null };

    [Test]
    public async Task A_user_with_passwords_of_the_environment_is_answered_and_communities_need_not_be()
    {
        using var agent = ConnectionsProcess.StartWith(Passwords, ["agent", "--v3-only", "--json", .. Admin]);
        using var place = JsonDocument.Parse((await agent.ReadLineAsync())!);
        var host = $"{place.RootElement.GetProperty("address").GetString()}:{place.RootElement.GetProperty("port").GetInt32()}";

        var user = await ConnectionsProcess.RunWithAsync(Passwords, ["get", host, SysName, .. Admin]);
        var wrong = await ConnectionsProcess.RunWithAsync(new Dictionary<string, string?>(Passwords) { [Authentication] = "another password" }, ["get", host, SysName, .. Admin]);
        var community = await ConnectionsProcess.RunAsync("get", host, SysName, "--timeout", "0.2", "--retries", "0");

        Assert.That((user.Error, user.Output), Is.EqualTo(("", "SNMPv2-MIB::sysName.0 = STRING: router-1\n")));
        Assert.That(place.RootElement.GetProperty("engineId").GetString(), Does.StartWith("80007ED9"));
        wrong.AssertFailed(1, host, "password");
        Assert.That(wrong.Error, Does.Not.Contain("another password"));
        community.AssertFailed(1, host);
    }

    [Test]
    public async Task Users_and_contexts_come_from_files()
    {
        using var blue = new RecordingOf("blue.snmprec", $"{SysName}|4|blue\n");
        using var users = new RecordingOf("users", "# who may what\n\nadmin SHA-512 maplesyrup AES-256 pancakes-with-syrup\nguest SHA maplesyrup ro\nanyone\n");
        using var agent = ConnectionsProcess.Start("agent", "--users", users.Path, "--context", $"blue={blue.Path}");
        var host = (await agent.ReadLineAsync())!.Split(' ')[1];
        string[] guest = ["--user", "guest", "--auth", "SHA"];

        var context = await ConnectionsProcess.RunWithAsync(Passwords, ["get", host, SysName, "--context", "blue", .. Admin]);
        var read = await ConnectionsProcess.RunWithAsync(Passwords, ["get", host, SysName, .. guest]);
        var write = await ConnectionsProcess.RunWithAsync(Passwords, ["set", host, SysName, "s", "x", .. guest]);
        var anyone = await ConnectionsProcess.RunAsync("get", host, SysName, "--user", "anyone");

        Assert.That((context.Error, context.Output), Is.EqualTo(("", "SNMPv2-MIB::sysName.0 = STRING: blue\n")));
        Assert.That((read.Error, read.Output), Is.EqualTo(("", "SNMPv2-MIB::sysName.0 = STRING: router-1\n")));
        write.AssertFailed(1, "noAccess");
        Assert.That((anyone.Error, anyone.Output), Is.EqualTo(("", "SNMPv2-MIB::sysName.0 = STRING: router-1\n")));
    }

    [TestCase("--user admin --auth SHA", "--auth needs a password: set CONNECTIONS_AUTH_PASSWORD")]
    [TestCase("--user admin --priv AES", "--priv needs --auth")]
    [TestCase("--user admin --auth SHA-1", "SHA-1")]
    [TestCase("--auth SHA", "--auth is for a user of SNMPv3: add --user NAME")]
    [TestCase("--user admin --auth SHA --password-file /nowhere/passwords", "'/nowhere/passwords' cannot be read")]
    public async Task A_user_that_makes_no_sense_says_what_would(string options, string problem)
    {
        (await ConnectionsProcess.RunWithAsync(None, ["agent", .. options.Split(' ')])).AssertFailed(2, problem);
        (await ConnectionsProcess.RunWithAsync(None, ["get", "127.0.0.1:9", SysName, .. options.Split(' ')])).AssertFailed(2, problem);
    }

    [TestCase("--v3-only", "--v3-only is for users of SNMPv3")]
    [TestCase("--context blue=/nowhere/blue.snmprec", "'/nowhere/blue.snmprec' cannot be read")]
    [TestCase("--user x --context blue", "'blue' is not valid for --context; expected NAME=FILE")]
    [TestCase("--users /nowhere/users", "'/nowhere/users' cannot be read")]
    public async Task An_agent_that_makes_no_sense_says_what_would(string options, string problem) =>
        (await ConnectionsProcess.RunAsync(["agent", .. options.Split(' ')])).AssertFailed(2, problem);

    [TestCase("admin SHA maplesyrup AES", ":2: this is no user of the form NAME [AUTH PASSWORD [PRIV PASSWORD]] [ro]")]
    [TestCase("admin SHA2 maplesyrup", ":2: 'SHA2' is no protocol of SNMPv3; write one of MD5, SHA, SHA-224")]
    [TestCase("admin SHA secret7", ":2: The user 'admin' cannot be")]
    [TestCase("first\nfirst", "The user 'first' is given twice")]
    public async Task A_line_that_is_no_user_is_named_without_its_passwords(string lines, string problem)
    {
        using var users = new RecordingOf("users", $"# users\n{lines}\n");

        var outcome = await ConnectionsProcess.RunAsync("agent", "--users", users.Path);

        outcome.AssertFailed(2, problem);
        Assert.That(outcome.Error, Does.Not.Contain("maplesyrup").And.Not.Contain("secret7"));
    }
}
