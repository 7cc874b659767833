using Connections.Locking;
using Connections.Pooling;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Devices;

/// <summary>What connections tell of their life, by events and to the log.</summary>
public sealed class ConnectionEventTests
{
    private readonly List<(string Alias, ConnectionState Previous, ConnectionState Current, string? Error)> _changes = [];
    private EchoDevice _line = null!;
    private RecordedLog _log = null!;
    private LoggerFactory _loggers = null!;
    private Device _device = null!;

    [SetUp]
    public void SetUp()
    {
        _changes.Clear();
        _line = new EchoDevice();
        _log = new RecordedLog();
        _loggers = new LoggerFactory([_log]);
        _device = Lab.Device(_line, new DeviceOptions { LoggerFactory = _loggers }, "cli", "pooled");
        _device.Connections.StateChanged += (_, change) =>
        {
            lock (_changes)
            {
                _changes.Add((change.Connection.Alias, change.Previous, change.Current, change.Error?.Message));
            }
        };
    }

    [TearDown]
    public async Task TearDown()
    {
        await _device.DisposeAsync();
        _loggers.Dispose();
        _log.Dispose();
    }

    [Test]
    public async Task Every_change_of_state_is_told_with_its_reason()
    {
        await _device.ConnectAsync("cli").Within();
        _device.Get<EchoConnection>("cli").Lose();
        await _device.Connections.DisconnectAsync("cli").Within();
        await _device.Connections.DestroyAsync("cli").Within();

        Assert.That(_changes, Is.EqualTo(new (string, ConnectionState, ConnectionState, string?)[]
        {
            ("cli", ConnectionState.Disconnected, ConnectionState.Connecting, null),
            ("cli", ConnectionState.Connecting, ConnectionState.Connected, null),
            ("cli", ConnectionState.Connected, ConnectionState.Faulted, "The line was cut."),
            ("cli", ConnectionState.Faulted, ConnectionState.Disconnected, null),
            ("cli", ConnectionState.Disconnected, ConnectionState.Disposed, null),
        }));
        Assert.That(_log.Messages, Has.One.EqualTo("Connection 'cli' of device 'r1' is Faulted: The line was cut."));
        Assert.That(_log.Messages, Has.One.EqualTo("Connection 'cli' of device 'r1' is Connected"));
    }

    [Test]
    public async Task A_failed_attempt_tells_why()
    {
        _line.Opening = Task.FromException(new IOException("No route to the device."));

        Assert.That(() => _device.ConnectAsync("cli").Within(), Throws.TypeOf<ConnectFailedException>());

        Assert.That(_changes, Has.One.EqualTo(("cli", ConnectionState.Connecting, ConnectionState.Disconnected, "No route to the device.")));
    }

    [Test]
    public async Task Workers_of_a_pool_tell_their_changes_too()
    {
        await _device.Connections.ConnectAsync(new ConnectOptions { Alias = "pooled", PoolSize = 3 }).Within();

        Assert.That(_changes.Count(static change => change is ("pooled", _, ConnectionState.Connected, _)), Is.EqualTo(3));
    }

    [Test]
    public async Task What_a_handler_throws_is_logged_and_harms_nobody()
    {
        _device.Connections.StateChanged += static (_, _) => throw new InvalidOperationException("The handler is broken.");

        await _device.ConnectAsync("cli").Within();

        Assert.That(await _device.Get<IEcho>("cli").EchoAsync("well").Within(), Is.EqualTo("well"));
        Assert.That(_log.Messages, Has.Exactly(2).Contains("A handler of the state of connection 'cli' of device 'r1' threw"));
    }

    [Test]
    public async Task The_lock_of_a_connection_reports_to_the_log_of_its_device()
    {
        var time = new FakeTime();
        var connection = new EchoConnection(Lab.Settings("r1", "cli"), _line, time);
        var device = Lab.Device(_line, new DeviceOptions { LoggerFactory = _loggers, LongHold = TimeSpan.FromSeconds(5) });
        connection.AttachTo(device);
        using (await connection.LockAsync())
        {
            time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.That(_log.Messages, Has.One.Contains("The lock of connection 'cli' of device 'r1' has been held"));
    }
}
