using System.Net;
using System.Net.Sockets;
using Connections.Pooling;
using Connections.Terminal;
using Connections.Terminal.Ssh;
using Connections.Tests.Servers;

namespace Connections.Tests.Terminal;

/// <summary>What the OpenSSH client and a real sshd make of keys, passwords and hosts.</summary>
public sealed class SshTests
{
    [Test]
    public async Task A_password_lets_in()
    {
        await using var terminal = await TerminalLab.ConnectAsync(TerminalLab.Ssh(TestServer.SshdPassword));

        Assert.That(await terminal.ExecuteAsync("id -un").Within(), Is.EqualTo(TestServer.SshdUser));
    }

    [Test]
    public async Task A_password_stands_in_no_argument_no_environment_and_no_file()
    {
        await using var terminal = await TerminalLab.ConnectAsync(TerminalLab.Ssh(TestServer.SshdPassword, arguments: ("term", "connections-secrecy")));

        // The tests themselves have it in their environment, which every program inherits that they start.
        var inherited = $"CONNECTIONS_SSHD_PASSWORD={TestServer.SshdPassword}";
        var clients = ProcessesWith("connections-secrecy").ToList();
        var files = Directory.GetDirectories(Path.GetTempPath(), "connections-ssh-*").SelectMany(Directory.GetFiles)
            .Where(static file => Path.GetFileName(file) is "askpass" or "client" or "errors").Select(ReadShared).ToList();

        // Not compared by NUnit, whose message would have all of it.
        Assert.That(clients, Has.Count.GreaterThanOrEqualTo(1));
        Assert.That(files, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(clients.Select(text => text.Replace(inherited, "").Contains(TestServer.SshdPassword)), Has.None.True);
        Assert.That(files.Select(static text => text.Contains(TestServer.SshdPassword)), Has.None.True);
    }

    [Test]
    public void A_wrong_password_is_told_at_once()
    {
        var error = Assert.ThrowsAsync<LoginFailedException>(() => TerminalLab.ConnectAsync(TerminalLab.Ssh("a wrong password")));

        Assert.That(error.Message, Does.StartWith($"The connection 'cli' of device 'r1' could not be connected: 127.0.0.1 port {TestServer.Sshd.Port} does not let '{TestServer.SshdUser}' in.")
            .And.Contain("Permission denied").And.Not.Contain("a wrong password"));
        Assert.That((error.User, error.Device, error.Alias, error.IsTransient), Is.EqualTo((TestServer.SshdUser, "r1", "cli", false)));
    }

    [Test]
    public void No_password_and_no_key_is_told_with_what_was_asked() =>
        Assert.That(
            () => TerminalLab.ConnectAsync(TerminalLab.Ssh()),
            Throws.TypeOf<LoginFailedException>().With.Message.Contains("It was asked: ").And.Message.Contains("password"));

    [Test]
    public void A_changed_host_key_is_refused_and_told()
    {
        var error = Assert.ThrowsAsync<HostKeyException>(
            () => TerminalLab.ConnectAsync(TerminalLab.Ssh(TestServer.SshdPassword, hosts: "changed_hosts")));

        Assert.That(error.IsChanged, Is.True);
        Assert.That(error.Message, Does.Contain($"ssh-keygen -R '[127.0.0.1]:{TestServer.Sshd.Port}'").And.Contain("changed_hosts"));
        Assert.That((error.Device, error.Alias, error.IsTransient), Is.EqualTo(("r1", "cli", false)));
    }

    [TestCase("yes")]
    [TestCase("ask")]
    public void An_unknown_host_key_is_refused_and_told(string policy)
    {
        var error = Assert.ThrowsAsync<HostKeyException>(
            () => TerminalLab.ConnectAsync(TerminalLab.Ssh(TestServer.SshdPassword, "no_hosts", ("ssh_options.StrictHostKeyChecking", policy))));

        Assert.That(error.IsChanged, Is.False);
        Assert.That(error.Message, Does.Contain("No host key of 127.0.0.1").And.Contain("add it to the known hosts"));
    }

    [Test]
    public async Task A_policy_that_accepts_new_hosts_applies()
    {
        var hosts = Path.Combine(Path.GetTempPath(), $"connections-{Guid.NewGuid():N}");
        await using var terminal = await TerminalLab.ConnectAsync(
            TerminalLab.Ssh(TestServer.SshdPassword, hosts, ("ssh_options.StrictHostKeyChecking", "accept-new")));

        Assert.That(await File.ReadAllTextAsync(hosts), Does.Contain("ssh-ed25519"));
        File.Delete(hosts);
    }

    [Test]
    public async Task A_jump_host_of_the_configuration_is_gone_through_with_the_key_that_is_for_it()
    {
        using var configuration = new JumpConfiguration($"IdentityFile {TestServer.SshdFiles}/key");
        await using var terminal = await TerminalLab.ConnectAsync(configuration.Settings);

        Assert.That(await terminal.ExecuteAsync("echo through").Within(), Is.EqualTo("through"));
    }

    // It is the same server, which would take the password.
    [Test]
    public void A_jump_host_is_never_given_the_password_of_the_device()
    {
        using var configuration = new JumpConfiguration("PreferredAuthentications password");

        Assert.That(
            () => TerminalLab.ConnectAsync(configuration.Settings),
            Throws.TypeOf<LoginFailedException>().With.Message.Contains($"It was asked: {TestServer.SshdUser}@127.0.0.1's password"));
    }

    [Test]
    public void A_refused_connection_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closed = (IPEndPoint)listener.LocalEndpoint;
        listener.Stop();

        Assert.That(
            () => TerminalLab.ConnectAsync(TerminalLab.Ssh() with { Port = closed.Port }),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains($"Nothing listens for SSH at 127.0.0.1 port {closed.Port}"));
    }

    [Test]
    public void An_unknown_host_is_told() =>
        Assert.That(
            () => TerminalLab.ConnectAsync(TerminalLab.Ssh() with { Host = "no-such-host.invalid" }),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains("The name no-such-host.invalid has no address"));

    [Test]
    public void A_missing_client_is_told_with_its_package() =>
        Assert.That(
            () => TerminalLab.ConnectAsync(TerminalLab.Ssh(arguments: ("ssh_program", "no-such-ssh"))),
            Throws.TypeOf<ProgramMissingException>().With.Message.Contains("the package 'openssh-client'")
                .And.Property(nameof(ProgramMissingException.Program)).EqualTo("no-such-ssh"));

    [Test]
    public void A_host_that_looks_like_an_option_is_a_host() =>
        Assert.That(
            SshTransport.Arguments(new SshOptions { Host = "-oProxyCommand=touch /tmp/x" }).TakeLast(2),
            Is.EqualTo(new[] { "--", "-oProxyCommand=touch /tmp/x" }));

    [TestCase("two\nlines")]
    [TestCase("nul\0")]
    public void A_password_that_cannot_be_handed_over_is_refused_and_not_shown(string password) =>
        Assert.That(
            () => TerminalLab.ConnectAsync(TerminalLab.Ssh(password)),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains("it must be one line").And.Message.Not.Contains(password));

    [Test]
    public async Task Nothing_is_left_of_a_session_that_was_closed()
    {
        var terminal = await TerminalLab.ConnectAsync(TerminalLab.Ssh(TestServer.SshdPassword, arguments: ("term", "connections-remains")));
        Assert.That(ProcessesWith("connections-remains").Any(), Is.True);

        await terminal.DisposeAsync().AsTask().Within();

        await Bounded.Until(() => !ProcessesWith("connections-remains").Any());
    }

    // The arguments and environment of each process of this machine that has a mark in them.
    private static IEnumerable<string> ProcessesWith(string mark) =>
        Directory.GetDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), out _))
            .Select(static folder => ReadShared(Path.Combine(folder, "environ")) + ReadShared(Path.Combine(folder, "cmdline")))
            .Where(text => text.Contains(mark, StringComparison.Ordinal));

    private static string ReadShared(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A process that has just ended, or another's.
            return "";
        }
    }
}
