using Connections.Pooling;
using Connections.Terminal;
using Connections.Tests.Servers;

namespace Connections.Tests.Terminal;

/// <summary>Terminal sessions on a real sshd and a real telnetd, whose sessions are shells.</summary>
[TestFixture("ssh", "linux")]
[TestFixture("ssh", null)]
[TestFixture("telnet", "linux")]
[TestFixture("telnet", null)]
public sealed class RealServerTests(string protocol, string? os)
{
    private const int Sessions = 3;
    private const int LargeLines = 160_000;

    private ConnectionSettings Settings => (protocol == "ssh"
        ? TerminalLab.SshWithKey()
        : TerminalLab.Settings("telnet", TestServer.Telnetd)) with
    { Os = os };

    private bool IsAscii => protocol == "telnet";

    [Test]
    public async Task Eight_callers_of_a_pool_of_three_sessions_get_each_of_eight_hundred_outputs_to_the_byte()
    {
        await using var device = TerminalLab.DeviceOf(Settings with { PoolSize = Sessions });
        await device.ConnectAsync("cli").Within();

        Assert.That(await ShellLoad.FindWrongOutputsAsync(device.Get<ITerminal>("cli"), IsAscii), Is.Empty);

        var pool = device.Connections.GetPool("cli").Statistics;
        Assert.That((pool.Size, pool.Broken), Is.EqualTo((Sessions, 0)));
    }

    [Test]
    public async Task Ten_megabytes_come_in_one_output()
    {
        await using var terminal = await TerminalLab.ConnectAsync(Settings);
        var line = new string('x', 56);
        var expected = string.Join('\n', Enumerable.Range(1, LargeLines).Select(number => $"{number:D8} {line}"));
        Assert.That(expected, Has.Length.GreaterThan(10_000_000));

        var output = await terminal.ExecuteAsync($"seq -f '%08.0f {line}' 1 {LargeLines}").WaitAsync(TimeSpan.FromMinutes(1));

        // Not compared by NUnit, whose message would have both in it.
        Assert.That(output == expected, Is.True, $"{output.Length} characters came, {expected.Length} were expected");
    }

    // The shell, once the server has had the time to send on what it said; and its parent: the server of this session, which takes along what it has not sent on.
    [TestCase("sleep 1; kill -9 $$", "last words")]
    [TestCase("kill -9 $PPID; sleep 600", "")]
    public async Task A_session_that_dies_in_mid_command_faults_the_connection_which_says_what_came_before(string death, string received)
    {
        await using var terminal = await TerminalLab.ConnectAsync(Settings);

        var error = Assert.ThrowsAsync<ConnectionLostException>(() => terminal.ExecuteAsync($"echo last words; {death}").Within());

        Assert.That(error.Message, Does.StartWith("The connection 'cli' of device 'r1' was lost and did not finish 'echo last words"));
        Assert.That(error.Received, Does.Contain(received));
        Assert.That((error.Device, error.Alias, error.IsTransient), Is.EqualTo(("r1", "cli", true)));
        Assert.That(terminal.State, Is.EqualTo(ConnectionState.Faulted));
        Assert.That(() => terminal.ExecuteAsync("echo").Within(), Throws.TypeOf<NotConnectedException>());

        await terminal.ConnectAsync().Within();
        Assert.That(await terminal.ExecuteAsync("echo back").Within(), Is.EqualTo("back"));
    }

    [Test]
    public async Task A_pool_replaces_a_session_that_died_and_the_others_go_on()
    {
        await using var device = TerminalLab.DeviceOf(Settings with { PoolSize = Sessions });
        await device.ConnectAsync("cli").Within();
        var terminal = device.Get<ITerminal>("cli");

        Assert.That(() => terminal.ExecuteAsync("kill -9 $$").Within(), Throws.TypeOf<ConnectionLostException>());

        Assert.That(await ShellLoad.FindWrongOutputsAsync(terminal, IsAscii), Is.Empty);
        Assert.That(device.Connections.GetPool("cli").Statistics.Broken, Is.EqualTo(1));
    }

    [Test]
    public async Task A_command_that_is_cancelled_or_takes_too_long_does_not_garble_the_next()
    {
        await using var terminal = await TerminalLab.ConnectAsync(Settings);
        using var cancellation = new CancellationTokenSource();
        var cut = terminal.ExecuteAsync("echo of the first; sleep 600", cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That(() => cut.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await terminal.ExecuteAsync("echo of the second").Within(), Is.EqualTo("of the second"));

        var error = Assert.ThrowsAsync<CommandTimeoutException>(
            () => terminal.ExecuteAsync("echo of the third; sleep 600", TimeSpan.FromSeconds(2)).Within());
        Assert.That(error.Message, Does.EndWith("did not finish 'echo of the third; sleep 600' within 2 s."));
        Assert.That(error.Received, Does.Contain("of the third"));
        Assert.That(await terminal.ExecuteAsync("echo of the fourth").Within(), Is.EqualTo("of the fourth"));
    }

    [TestCase("printf 'one\\n\\ntwo\\n\\n'", "one\n\ntwo\n")]
    [TestCase("printf unfinished", "unfinished")]
    [TestCase("printf '  indented\\r\\n\\ttab \\n'", "  indented\r\n\ttab ")]
    [TestCase("true", "")]
    [TestCase("", "")]
    public async Task An_output_is_all_that_was_printed(string command, string output)
    {
        await using var terminal = await TerminalLab.ConnectAsync(Settings);

        Assert.That(await terminal.ExecuteAsync(command).Within(), Is.EqualTo(output));
        Assert.That(await terminal.ExecuteAsync("echo next").Within(), Is.EqualTo("next"));
    }

    [Test]
    public async Task A_question_is_waited_for_and_answered()
    {
        await using var terminal = await TerminalLab.ConnectAsync(Settings);
        using var releaser = await terminal.LockAsync().Within();

        await terminal.SendAsync("printf 'Sure? '; read -r answer; echo \"It was $answer\"").Within();
        await terminal.ReceiveAsync(new System.Text.RegularExpressions.Regex(@"^Sure\? $")).Within();
        await terminal.SendAsync("yes").Within();

        Assert.That(await terminal.ReceiveAsync().Within(), Does.EndWith("It was yes"));
    }
}
