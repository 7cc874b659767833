using Connections.Pooling;

namespace Connections.Tests.Devices;

/// <summary>A connection that is lost comes back by itself, unless nobody wants it back.</summary>
public sealed class ReconnectTests
{
    private FakeTime _time = null!;
    private EchoDevice _line = null!;
    private Device _device = null!;

    private EchoConnection Connection => _device.Get<EchoConnection>("cli");

    [SetUp]
    public async Task SetUp()
    {
        _time = new FakeTime();
        _line = new EchoDevice();
        _device = Lab.Device(_line, new DeviceOptions { TimeProvider = _time }, "cli");
        await _device.ConnectAsync("cli").Within();
    }

    [TearDown]
    public async Task TearDown() => await _device.DisposeAsync();

    [Test]
    public async Task A_lost_connection_is_connected_again_at_once()
    {
        Connection.Lose();

        await Bounded.Until(() => Connection.IsConnected);
        Assert.That(await Connection.EchoAsync("back").Within(), Is.EqualTo("back"));
        Assert.That(_line.OpenedCount, Is.EqualTo(2));
    }

    [Test]
    public async Task While_the_device_is_dead_calls_say_why_and_what_is_done_and_the_connection_heals_with_the_device()
    {
        _line.Opening = Task.FromException(new IOException("No route to the device."));
        Connection.Lose();
        await Bounded.Until(() => Connection.Outlook?.Contains("next follows") == true && _time.Pending == 1);

        Assert.That(
            () => Connection.EchoAsync("now").Within(),
            Throws.TypeOf<NotConnectedException>()
                .With.Message.Contains("is being connected again").And.Message.Contains("No route to the device.").And.Message.Contains("next follows within"));

        _line.Opening = Task.CompletedTask;
        _time.Advance(TimeSpan.FromSeconds(30));
        await Bounded.Until(() => Connection.IsConnected);
        Assert.That(await Connection.EchoAsync("back").Within(), Is.EqualTo("back"));
        Assert.That(_time.Pending, Is.Zero);
    }

    [Test]
    public async Task A_device_that_stays_dead_is_tried_ever_less_often_until_the_connection_is_disconnected()
    {
        _line.Opening = Task.FromException(new IOException("No route to the device."));
        Connection.Lose();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await Bounded.Until(() => _time.Pending == 1);
            _time.Advance(TimeSpan.FromSeconds(30));
        }

        await Bounded.Until(() => _time.Pending == 1);
        await _device.Connections.DisconnectAsync("cli").Within();
        await Bounded.Until(() => _time.Pending == 0);

        _line.Opening = Task.CompletedTask;
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.That(Connection.IsConnected, Is.False);
        Assert.That(() => Connection.EchoAsync("now").Within(), Throws.TypeOf<NotConnectedException>().With.Message.Contains("call ConnectAsync first"));
    }

    [Test]
    public async Task Destroying_ends_an_attempt_that_hangs()
    {
        _line.Opening = new TaskCompletionSource().Task;
        var lost = Connection;
        lost.Lose();
        await Bounded.Until(() => lost.State == ConnectionState.Connecting);

        await _device.Connections.DestroyAsync("cli").Within();

        Assert.That(lost.State, Is.EqualTo(ConnectionState.Disposed));
    }

    [Test]
    public async Task Connecting_by_hand_does_not_wait_for_the_next_attempt()
    {
        _line.Opening = Task.FromException(new IOException("No route to the device."));
        Connection.Lose();
        await Bounded.Until(() => _time.Pending == 1);
        _line.Opening = Task.CompletedTask;

        await _device.ConnectAsync("cli").Within();

        Assert.That(Connection.IsConnected, Is.True);
        await Bounded.Until(() => _time.Pending == 0);
    }

    [Test]
    public async Task A_device_that_refused_many_times_is_left_alone_for_a_while_and_the_error_says_so()
    {
        await _device.Connections.DisconnectAsync("cli").Within();
        _time.Advance(TimeSpan.FromMinutes(1));
        _line.Opening = Task.FromException(new IOException("No route to the device."));
        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.That(() => _device.ConnectAsync("cli").Within(), Throws.TypeOf<ConnectFailedException>());
        }

        _line.Opening = Task.CompletedTask;
        Assert.That(
            () => _device.ConnectAsync("cli").Within(),
            Throws.TypeOf<ConnectFailedException>().With.Message.Contains("left alone").And.Message.Contains("No route to the device."));

        _time.Advance(TimeSpan.FromSeconds(16));
        await _device.ConnectAsync("cli").Within();
        Assert.That(Connection.IsConnected, Is.True);
    }

    [Test]
    public async Task A_device_that_refuses_for_good_is_tried_once_and_calls_say_so_until_it_is_connected_by_hand()
    {
        _line.Opening = Task.FromException(new ConnectionException("The password is wrong."));
        Connection.Lose();
        await Bounded.Until(() => Connection.Outlook?.Contains("failed for good") == true);

        Assert.That(
            () => Connection.EchoAsync("now").Within(),
            Throws.TypeOf<NotConnectedException>().With.Message.Contains("not connected again by itself").And.Message.Contains("The password is wrong."));
        Assert.That(_time.Pending, Is.Zero);

        _line.Opening = Task.CompletedTask;
        await _device.ConnectAsync("cli").Within();
        Assert.That(await Connection.EchoAsync("back").Within(), Is.EqualTo("back"));
    }

    [Test]
    public async Task A_connection_that_is_not_to_be_connected_again_stays_lost()
    {
        await using var device = Lab.Device(_line, new DeviceOptions { TimeProvider = _time, Reconnect = false }, "cli");
        await device.ConnectAsync("cli").Within();
        var opened = _line.OpenedCount;

        device.Get<EchoConnection>("cli").Lose();
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.That(device.Get<EchoConnection>("cli").State, Is.EqualTo(ConnectionState.Faulted));
        Assert.That(_line.OpenedCount, Is.EqualTo(opened));
    }
}
