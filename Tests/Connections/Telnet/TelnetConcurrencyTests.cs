using Connections.Locking;
using Connections.Telnet;

namespace Connections.Tests.Telnet;

// Against a real telnetd: what the locks of TelnetConnection are for.
public sealed class TelnetConcurrencyTests
{
    private TelnetConnection _connection = null!;

    [SetUp]
    public void CreateConnection() => _connection = new TelnetConnection(TelnetServer.Settings());

    [TearDown]
    public async Task DisposeAsync() => await _connection.DisposeAsync();

    [Test]
    public async Task Eight_callers_of_one_connection_never_get_a_garbled_answer()
    {
        await _connection.ConnectAsync().Within();

        Assert.That(await ConcurrentCallers.FindGarbledAnswersAsync(_connection.ExecuteAsync), Is.Empty);
    }

    [Test]
    public async Task The_same_callers_get_garbled_answers_from_a_twin_without_locks()
    {
        await using var twin = new UnlockedTelnetConnection(TelnetServer.Settings(), ConcurrentCallers.Count);
        await twin.ConnectAsync().Within();

        Assert.That(await ConcurrentCallers.FindGarbledAnswersAsync(twin.ExecuteAsync), Is.Not.Empty);
    }

    [Test]
    public async Task Eight_callers_that_send_and_receive_under_one_lock_never_get_a_garbled_answer()
    {
        await _connection.ConnectAsync().Within();

        var garbled = await ConcurrentCallers.FindGarbledAnswersAsync(async (command, cancellationToken) =>
        {
            using var releaser = await _connection.LockAsync(cancellationToken);
            await _connection.SendAsync(command, cancellationToken);
            return await _connection.ReceiveAsync(cancellationToken);
        });

        Assert.That(garbled, Is.Empty);
    }

    [Test]
    public async Task No_other_caller_comes_between_the_lines_of_a_configuration()
    {
        await _connection.ConnectAsync().Within();
        var configuring = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                var outputs = await _connection.ConfigureAsync(
                    [$"mine={caller}.{round}; log=\"$log begin:$mine\"", "log=\"$log middle:$mine\"", "log=\"$log end:$mine\"; echo $mine"]);
                Assert.That(outputs, Is.EqualTo(new[] { "", "", $"{caller}.{round}" }));
            }
        }));
        var executing = Enumerable.Range(4, 4).Select(caller => Task.Run(async () =>
        {
            for (var round = 0; round < 30; round++)
            {
                Assert.That(await _connection.ExecuteAsync($"mine=; log=\"$log single:\"; echo {caller}.{round}"), Is.EqualTo($"{caller}.{round}"));
            }
        }));

        await Task.WhenAll([.. configuring, .. executing]).Within();

        var steps = (await _connection.ExecuteAsync("echo $log").Within()).Split(' ');
        var begins = Enumerable.Range(0, steps.Length).Where(index => steps[index].StartsWith("begin:", StringComparison.Ordinal)).ToArray();
        Assert.That(steps, Has.Length.EqualTo(4 * 10 * 3 + 4 * 30));
        Assert.That(begins, Has.Length.EqualTo(4 * 10));
        foreach (var begin in begins)
        {
            var mine = steps[begin]["begin:".Length..];
            Assert.That(steps[(begin + 1)..(begin + 3)], Is.EqualTo(new[] { $"middle:{mine}", $"end:{mine}" }));
        }
    }

    [Test]
    public async Task Connecting_takes_its_turn_at_the_lock()
    {
        var releaser = await _connection.LockAsync().Within();
        Task connecting;
        using (ReentrantAsyncLock.Detach())
        {
            connecting = _connection.ConnectAsync();
        }

        Assert.That(_connection.State, Is.EqualTo(ConnectionState.Disconnected));

        releaser.Dispose();
        await connecting.Within();
        Assert.That(_connection.State, Is.EqualTo(ConnectionState.Connected));
    }
}
