using Connections.Terminal;

namespace Connections.Tests.Terminal;

/// <summary>Programs on this machine as command lines.</summary>
public sealed class ProcessTransportTests
{
    [TestCase("false", "linux")]
    [TestCase("true", "linux")]
    [TestCase("false", null)]
    [TestCase("true", null)]
    public async Task A_shell_is_a_command_line(string tty, string? os)
    {
        var settings = TerminalLab.Settings("process", null, ("command", "PS1='here> ' exec sh -i"), ("tty", tty)) with { Os = os };
        await using var terminal = await TerminalLab.ConnectAsync(settings);

        Assert.That(await terminal.ExecuteAsync("echo hello; echo trouble >&2").Within(), Is.EqualTo("hello\ntrouble"));
        Assert.That(await terminal.ExecuteAsync("seq 3").Within(), Is.EqualTo("1\n2\n3"));
    }

    [Test]
    public async Task A_list_is_a_program_and_its_arguments()
    {
        var settings = TerminalLab.Settings(
            "process", null, ("command.0", "sh"), ("command.1", "-c"), ("command.2", "printf 'it is> '; read line; echo \"got $line, $0\"; printf 'it is> '; cat"), ("command.3", "a b"), ("prompt", "it is> $"));
        await using var terminal = new TerminalConnection(settings);
        await terminal.ConnectAsync().Within();

        Assert.That(terminal.Prompt, Is.EqualTo("it is> "));
    }

    [Test]
    public void A_missing_program_is_told() =>
        Assert.That(
            () => TerminalLab.ConnectAsync(TerminalLab.Settings("process", null, ("command", "no-such-program"))),
            Throws.TypeOf<ProgramMissingException>().With.Message.Contains("There is no program 'no-such-program'")
                .And.Property(nameof(ProgramMissingException.Program)).EqualTo("no-such-program"));

    [Test]
    public void A_program_that_ends_is_told_with_its_status() =>
        Assert.That(
            () => TerminalLab.ConnectAsync(TerminalLab.Settings("process", null, ("command", "echo not today; exit 7"))),
            Throws.TypeOf<Connections.Pooling.ConnectFailedException>().With.Message.Contains("ended with status 7"));

    [Test]
    public async Task A_read_that_was_cancelled_leaves_what_comes_later_for_the_next()
    {
        using var transport = new ProcessTransport(["sh", "-c", "read line; echo $line"]);
        await transport.OpenAsync().Within();
        using var cancellation = new CancellationTokenSource();
        var cut = transport.ReadAsync(cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(() => cut.AsTask().Within(), Throws.InstanceOf<OperationCanceledException>());

        await transport.WriteAsync("text\n").Within();

        Assert.That(await transport.ReadAsync().Within(), Is.EqualTo("text\n"));
        Assert.That(() => transport.ReadAsync().AsTask().Within(), Throws.TypeOf<EndOfStreamException>().With.Message.Contains("status 0"));
    }

    [Test]
    public async Task Disposing_ends_a_read_and_the_program()
    {
        var transport = new ProcessTransport(["sh", "-c", "echo $$; sleep 600"]);
        await transport.OpenAsync().Within();
        var process = (await transport.ReadAsync().Within()).Trim();
        var reading = transport.ReadAsync();

        transport.Dispose();

        Assert.That(() => reading.AsTask().Within(), Throws.TypeOf<ObjectDisposedException>());
        await Bounded.Until(() => !Directory.Exists($"/proc/{process}"));
    }

    [Test]
    public void A_command_that_is_missing_is_told_before_connecting() =>
        Assert.That(
            () => new TerminalConnection(TerminalLab.Settings("process")),
            Throws.ArgumentException.With.Message.Contains("connection 'cli' of device 'r1' names no command"));
}
