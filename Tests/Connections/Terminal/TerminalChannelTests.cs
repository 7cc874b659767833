using Connections.Pooling;
using Connections.Terminal;

namespace Connections.Tests.Terminal;

public sealed class TerminalChannelTests
{
    private ScriptedTransport _device = null!;
    private FakeTime _time = null!;
    private TerminalChannel _channel = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _device = new ScriptedTransport();
        _time = new FakeTime();
        _channel = new TerminalChannel(_device, new TerminalOptions { Alias = "cli", Device = "r1", MaxOutput = 1000, TimeProvider = _time });
        _device.Print("Welcome\r\n", "r1# ");
        await _channel.OpenAsync().Within();
    }

    [TearDown]
    public void Dispose()
    {
        _channel.Dispose();
        _device.Dispose();
    }

    [Test]
    public async Task An_answer_is_what_stands_between_the_line_and_the_prompt()
    {
        await _channel.SendAsync("show clock").Within();
        _device.Print("show clock\r\n", "12:", "00\r", "\nUTC\r\n", "r", "1#", " ");

        Assert.That(await _channel.ReceiveAsync().Within(), Is.EqualTo("12:00\nUTC"));
        Assert.That(_device.Sent, Is.EqualTo(new[] { "show clock\n" }));
    }

    [Test]
    public async Task What_looks_like_a_prompt_within_a_line_or_before_the_last_one_is_output()
    {
        _device.Print("a# b\r\nr1#\r\n", "r1# ");

        Assert.That(await _channel.ReceiveAsync().Within(), Is.EqualTo("a# b\nr1#"));
    }

    [Test]
    public async Task What_comes_between_a_prompt_and_the_next_line_is_no_answer_to_it()
    {
        _device.Print("\r\n%LINK-3-UPDOWN: Ethernet1 is down\r\n", "r1# ");

        await _channel.SendAsync("show clock").Within();
        _device.Print("show clock\r\n12:00\r\nr1# ");

        Assert.That(await _channel.ReceiveAsync().Within(), Is.EqualTo("12:00"));
    }

    [Test]
    public async Task A_piece_that_ends_like_a_prompt_is_none_while_more_is_there()
    {
        await _channel.SendAsync("show log").Within();
        _device.Print("show log\r\n", "r1# ", "reload\r\n", "r1# ");

        Assert.That(await _channel.ReceiveAsync().Within(), Is.EqualTo("r1# reload"));
    }

    [Test]
    public async Task A_session_that_died_while_nobody_used_it_is_told_before_anything_is_sent()
    {
        _device.Close();

        Assert.That(
            async () => await _channel.SendAsync("show clock").Within(),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("did not take 'show clock': The script is over."));
        Assert.That(_device.Sent, Is.Empty);
        Assert.That(_channel.Loss, Is.Not.Null);
    }

    [Test]
    public async Task A_device_that_stops_for_a_page_is_told_to_go_on()
    {
        await _channel.SendAsync("show run").Within();
        _device.Print("show run\r\none\r\n --More-- ");
        var receiving = _channel.ReceiveAsync();
        await Bounded.Until(() => _device.Sent.Count == 2);
        _device.Print("\b\b\b\b\b\b\b\b\b        \b\b\b\b\b\b\b\b\b two\r\nr1# ");

        Assert.That(await receiving.Within(), Is.EqualTo("one\n two"));
        Assert.That(_device.Sent[1], Is.EqualTo(" "));
    }

    [Test]
    public async Task Carriage_returns_that_end_no_line_stay()
    {
        _device.Print("10 %\r20 %\rdone\r\n\rr1# ");

        Assert.That(await _channel.ReceiveAsync().Within(), Is.EqualTo("10 %\r20 %\rdone"));
    }

    [Test]
    public async Task A_receive_that_was_cancelled_loses_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        _device.Print("first ");
        var cut = _channel.ReceiveAsync(cancellation.Token);
        await cancellation.CancelAsync();
        Assert.That(
            async () => await cut.Within(),
            Throws.InstanceOf<OperationCanceledException>().With.Property(nameof(OperationCanceledException.CancellationToken)).EqualTo(cancellation.Token));

        _device.Print("and second\r\nr1# ");

        Assert.That(await _channel.ReceiveAsync().Within(), Is.EqualTo("first and second"));
    }

    [Test]
    public async Task A_device_that_shows_no_prompt_in_time_is_told_with_what_it_was_to_do()
    {
        await _channel.SendAsync("reload").Within();
        var receiving = _channel.ReceiveAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(
            async () => await receiving.Within(),
            Throws.TypeOf<CommandTimeoutException>()
                .With.Message.EqualTo("The connection 'cli' of device 'r1' did not finish 'reload' within 10 s.")
                .And.Property(nameof(IConnectionError.Alias)).EqualTo("cli")
                .And.Property(nameof(IConnectionError.Device)).EqualTo("r1"));
    }

    [Test]
    public async Task A_device_that_closes_in_mid_answer_is_told()
    {
        await _channel.SendAsync("reload").Within();
        _device.Print("going down");
        _device.Close();

        Assert.That(
            async () => await _channel.ReceiveAsync().Within(),
            Throws.TypeOf<ConnectionLostException>()
                .With.Message.EqualTo("The connection 'cli' of device 'r1' was lost and did not finish 'reload': The script is over.")
                .And.Property(nameof(IConnectionError.Alias)).EqualTo("cli")
                .And.Property(nameof(IConnectionError.Device)).EqualTo("r1"));
    }

    [Test]
    public void A_line_that_cannot_be_sent_is_told()
    {
        _device.SendError = new IOException("broken pipe");

        Assert.That(
            async () => await _channel.SendAsync("show clock").Within(),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("did not take 'show clock': broken pipe"));
    }

    [TestCase("a\nb")]
    [TestCase("a\rb")]
    public void Several_lines_are_refused_before_anything_is_sent(string lines)
    {
        Assert.That(async () => await _channel.SendAsync(lines).Within(), Throws.ArgumentException);
        Assert.That(_device.Sent, Is.Empty);
    }

    [Test]
    public void A_device_that_prints_without_end_is_given_up()
    {
        _device.Print([.. Enumerable.Repeat("endless\r\n", 1000)]);

        Assert.That(
            async () => await _channel.ReceiveAsync().Within(),
            Throws.TypeOf<ConnectionLostException>().With.Message.Contains("within 1000 characters"));
        Assert.That(_device.IsDisposed, Is.True);
    }

    [Test]
    public void A_device_that_shows_no_first_prompt_is_closed()
    {
        var silent = new ScriptedTransport();
        var channel = new TerminalChannel(silent, new TerminalOptions { Device = "r1", TimeProvider = _time });
        var opening = channel.OpenAsync();

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.That(async () => await opening.Within(), Throws.TypeOf<CommandTimeoutException>().With.Message.Contains("did not show a prompt"));
        Assert.That(silent.IsDisposed, Is.True);
    }
}
