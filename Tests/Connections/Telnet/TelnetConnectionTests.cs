using System.Net;
using System.Net.Sockets;
using Connections.Pooling;
using Connections.Telnet;

namespace Connections.Tests.Telnet;

// Against a real telnetd, whose session is a shell with the prompt `device> `.
public sealed class TelnetConnectionTests
{
    private TelnetConnection _connection = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        _connection = new TelnetConnection(TelnetServer.Settings());
        await _connection.ConnectAsync().Within();
    }

    [TearDown]
    public async Task DisposeAsync() => await _connection.DisposeAsync();

    [Test]
    public async Task A_command_gives_its_output_without_echo_and_prompt()
    {
        Assert.That(await ExecuteAsync("echo hello"), Is.EqualTo("hello"));
        Assert.That(await ExecuteAsync("printf 'one\\n\\ntwo\\n'"), Is.EqualTo("one\n\ntwo"));
        Assert.That(await ExecuteAsync("printf unfinished"), Is.EqualTo("unfinished"));
        Assert.That(await ExecuteAsync("true"), Is.Empty);
    }

    [Test]
    public async Task An_echoing_device_gives_the_same_output()
    {
        await ExecuteAsync("stty echo");

        Assert.That(await ExecuteAsync("echo hello"), Is.EqualTo("hello"));
    }

    [Test]
    public async Task Long_output_arrives_whole()
    {
        var expected = string.Join('\n', Enumerable.Range(1, 20_000));

        Assert.That(await ExecuteAsync("seq 1 20000"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Output_in_any_language_is_read() =>
        Assert.That(await ExecuteAsync("printf '\\305\\276lu\\305\\245 \\351\\246\\254'"), Is.EqualTo("žluť 馬"));

    [Test]
    public async Task A_cancelled_command_does_not_garble_the_next()
    {
        var marker = Path.Combine(Path.GetTempPath(), $"connections-{Guid.NewGuid():N}");
        using var cancellation = new CancellationTokenSource();
        var cut = _connection.ExecuteAsync($"echo of the first; touch {marker}; sleep 600; echo late", cancellation.Token);
        Assert.That(() => File.Exists(marker), Is.True.After(30).Seconds.PollEvery(5).MilliSeconds);
        var next = _connection.ExecuteAsync("echo of the second");

        await cancellation.CancelAsync();

        Assert.That(async () => await cut.Within(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await next.Within(), Is.EqualTo("of the second"));
        Assert.That(await ExecuteAsync("echo of the third"), Is.EqualTo("of the third"));
        File.Delete(marker);
    }

    [Test]
    public async Task A_command_that_takes_too_long_times_out_and_does_not_garble_the_next()
    {
        await using var hasty = new TelnetConnection(TelnetServer.Settings(timeout: 2));
        await hasty.ConnectAsync().Within();

        Assert.That(
            async () => await hasty.ExecuteAsync("echo of the first; sleep 600").Within(),
            Throws.TypeOf<CommandTimeoutException>().With.Message.Contains("did not finish 'echo of the first; sleep 600' within 2 s")
                .And.Message.Contains("device 'tester'"));
        Assert.That(await hasty.ExecuteAsync("echo of the second").Within(), Is.EqualTo("of the second"));
    }

    [Test]
    public async Task A_cancelled_receive_leaves_nothing_for_the_next_one()
    {
        using var cancellation = new CancellationTokenSource();
        using (await _connection.LockAsync().Within())
        {
            await _connection.SendAsync("echo of the first; sleep 600").Within();
            var cut = _connection.ReceiveAsync(cancellation.Token);

            await cancellation.CancelAsync();

            Assert.That(async () => await cut.Within(), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(await ExecuteAsync("echo of the second"), Is.EqualTo("of the second"));
        }

        Assert.That(await ExecuteAsync("echo of the third"), Is.EqualTo("of the third"));
    }

    // The shell, and its parent: the server of this session.
    [TestCase("kill -9 $$")]
    [TestCase("kill -9 $PPID; sleep 600")]
    public async Task A_session_that_dies_in_mid_command_is_told_and_the_next_command_has_a_new_one(string command)
    {
        Assert.That(
            async () => await ExecuteAsync(command),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("connection 'cli' of device 'tester'")
                .And.Property(nameof(ConnectionLostException.Alias)).EqualTo("cli")
                .And.Property(nameof(ConnectionLostException.Device)).EqualTo("tester"));
        Assert.That(await ExecuteAsync("echo back"), Is.EqualTo("back"));
    }

    [Test]
    public async Task A_device_that_does_not_come_back_leaves_the_connection_faulted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var connection = new TelnetConnection(TelnetServer.Settings((IPEndPoint)listener.LocalEndpoint));
        var connecting = connection.ConnectAsync();
        using (var device = await listener.AcceptTcpClientAsync().Within())
        {
            await device.GetStream().WriteAsync("device> "u8.ToArray()).Within();
            await connecting.Within();
            listener.Stop();
        }

        Assert.That(async () => await connection.ExecuteAsync("echo").Within(), Throws.TypeOf<ConnectionLostException>());
        Assert.That(connection.State, Is.EqualTo(ConnectionState.Faulted));
        Assert.That(async () => await connection.ExecuteAsync("echo").Within(), Throws.TypeOf<NotConnectedException>());
    }

    [Test]
    public void A_command_of_several_lines_is_refused() =>
        Assert.That(async () => await ExecuteAsync("echo a\necho b"), Throws.ArgumentException.With.Message.Contains("Several lines"));

    [Test]
    public void Settings_without_a_host_are_refused() =>
        Assert.That(
            () => new TelnetConnection(new ConnectionSettings { DeviceName = "tester" }),
            Throws.ArgumentException.With.Message.Contains("no host"));

    [Test]
    public async Task Disposing_ends_a_command_that_is_stuck()
    {
        var stuck = _connection.ExecuteAsync("sleep 600");

        await _connection.DisposeAsync().Within();

        Assert.That(async () => await stuck.Within(), Throws.TypeOf<ConnectionLostException>());
        Assert.That(async () => await ExecuteAsync("echo"), Throws.TypeOf<NotConnectedException>());
    }

    [Test]
    public async Task Nothing_listening_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var closed = (IPEndPoint)listener.LocalEndpoint;
        listener.Stop();
        await using var connection = new TelnetConnection(TelnetServer.Settings(closed));

        Assert.That(
            async () => await connection.ConnectAsync().Within(),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains("connection 'cli' of device 'tester'"));
    }

    private Task<string> ExecuteAsync(string command) => _connection.ExecuteAsync(command).Within();
}
