using System.Globalization;
using System.Runtime.Versioning;
using Connections.Native.SharedMemory;
using Connections.Native.Tests.SharedMemory.Processes;
using Connections.Native.Tests.Sync.Processes;

namespace Connections.Native.Tests.SharedMemory;

/// <summary>Channels between real processes, which are killed in every state; no wait of the survivor has a time limit.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedChannelProcessTests : IAsyncDisposable
{
    private readonly SharedChannelListener _listener = SharedChannelListener.Listen(ChannelPair.NewName());
    private readonly ToldProcess _other = LockProcess.Start();

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _listener.DisposeAsync();
    }

    // Waiting in each way, in the middle of its writing, and doing nothing.
    private static readonly string[] StatesOfTheKilled = ["await", "sleep", "to-spin", "flood 64", "flood 1000000", "flood-asleep 1000000", "echo", "idle"];

    [Test]
    public async Task A_survivor_that_awaits_is_told_of_the_death([ValueSource(nameof(StatesOfTheKilled))] string state)
    {
        await using var channel = await ConnectAsync(state);
        var receiving = Task.Run(() => DrainAsync(channel));
        await _other.KillAsync();

        Assert.That(async () => await receiving.WaitAsync(Eventually.Limit), Throws.TypeOf<ConnectionLostException>().With.Message.Contains("died"));
    }

    [Test]
    public async Task A_survivor_whose_thread_sleeps_is_told_of_the_death([ValueSource(nameof(StatesOfTheKilled))] string state)
    {
        await using var channel = await ConnectAsync(state);
        var receiving = Task.Factory.StartNew(() => Drain(channel), TaskCreationOptions.LongRunning);
        await _other.KillAsync();

        Assert.That(async () => await receiving.WaitAsync(Eventually.Limit), Throws.TypeOf<ConnectionLostException>().With.Message.Contains("died"));
    }

    [Test]
    public async Task A_survivor_that_sends_is_told_of_the_death([Values(64, 1_000_000)] int length, [Values] bool isAsleep)
    {
        await using var channel = await ConnectAsync("idle");
        var sending = isAsleep
            ? Task.Factory.StartNew(() => SendForever(channel, length), TaskCreationOptions.LongRunning)
            : Task.Run(() => SendForeverAsync(channel, length));
        await _other.KillAsync();

        Assert.That(async () => await sending.WaitAsync(Eventually.Limit), Throws.TypeOf<ConnectionLostException>().With.Message.Contains("died"));
    }

    [Test]
    public async Task A_survivor_that_spins_is_told_of_the_death()
    {
        var options = new SharedChannelOptions { SpinBudget = TimeSpan.FromMilliseconds(20) };
        await using var listener = SharedChannelListener.Listen(ChannelPair.NewName(), options);
        var accepting = listener.AcceptAsync().AsTask();
        await _other.AskAsync($"channel connect {listener.Name}");
        await using var channel = await accepting.WaitAsync(Eventually.Limit);
        await _other.AskAsync("channel flood 64");
        var receiving = Task.Run(() => DrainAsync(channel));
        await _other.KillAsync();

        Assert.That(async () => await receiving.WaitAsync(Eventually.Limit), Throws.TypeOf<ConnectionLostException>());
    }

    [Test]
    public async Task What_was_sent_before_a_death_is_received_whole_and_in_order([Values(8, 100, 3000, 70_000, 1_000_000)] int length)
    {
        await using var channel = await ConnectAsync(string.Create(CultureInfo.InvariantCulture, $"flood {length}"));
        var received = 0L;
        var killing = Task.CompletedTask;
        Assert.That(
            async () =>
            {
                while (await channel.ReceiveAsync().AsTask().WaitAsync(Eventually.Limit) is { } message)
                {
                    Assert.That(message.Span.SequenceEqual(ChannelSession.MessageOf(received, length)), Is.True, $"message {received}");
                    if (++received == 20)
                    {
                        killing = _other.KillAsync();
                    }
                }
            },
            Throws.TypeOf<ConnectionLostException>());
        await killing;
        Assert.That(received, Is.GreaterThanOrEqualTo(20));
    }

    [Test]
    public async Task A_clean_end_of_another_process_is_told_apart_from_its_death()
    {
        await using var channel = await ConnectAsync("idle");
        var receiving = channel.ReceiveAsync().AsTask();
        await _other.AskAsync("channel close");

        Assert.That(await receiving.WaitAsync(Eventually.Limit), Is.Null);
        Assert.That(channel.PeerProcessId, Is.EqualTo(_other.Id));
    }

    [Test]
    public async Task A_listener_that_was_killed_leaves_a_name_that_can_be_taken()
    {
        var name = ChannelPair.NewName();
        await _other.AskAsync($"channel listen {name}");
        Assert.That(() => SharedChannelListener.Listen(name), Throws.TypeOf<ChannelNameTakenException>());
        var waiting = SharedChannel.ConnectAsync(name).AsTask();
        await _other.KillAsync();

        Assert.That(async () => await waiting.WaitAsync(Eventually.Limit), Throws.TypeOf<NoSuchChannelException>());
        Assert.That(async () => await SharedChannel.ConnectAsync(name), Throws.TypeOf<NoSuchChannelException>());
        await using (SharedChannelListener.Listen(name))
        {
            Assert.That(File.Exists(ChannelPair.PathOf(name)), Is.True);
        }

        Assert.That(File.Exists(ChannelPair.PathOf(name)), Is.False);
    }

    [Test]
    public async Task A_listener_that_ends_by_itself_leaves_nothing()
    {
        var name = ChannelPair.NewName();
        await _other.AskAsync($"channel listen {name}");
        await _other.EndAsync();

        Assert.That(File.Exists(ChannelPair.PathOf(name)), Is.False);
    }

    [Test]
    public async Task Nothing_of_a_channel_stays_in_this_process_after_either_end([Values] bool isKilled)
    {
        var before = CountOfMemories();
        await using (var channel = await ConnectAsync("flood 1000"))
        {
            Assert.That(CountOfMemories(), Is.EqualTo(before + 1));
            Assert.That(
                Directory.GetFileSystemEntries("/dev/shm", $"*{_listener.Name}*", SearchOption.AllDirectories), Is.EqualTo(new[] { ChannelPair.PathOf(_listener.Name) }));
            if (isKilled)
            {
                await _other.KillAsync();
                Assert.That(async () => await DrainAsync(channel), Throws.TypeOf<ConnectionLostException>());
            }
        }

        Assert.That(CountOfMemories(), Is.EqualTo(before));
    }

    [Test]
    public async Task Messages_of_all_lengths_come_back_from_another_process()
    {
        await using var channel = await ConnectAsync("echo");
        var rounds = Thoroughness.Choose(10_000, 1_000_000);
        var sending = Task.Run(async () =>
        {
            var random = new Random(7);
            for (var i = 0; i < rounds; i++)
            {
                await channel.SendAsync(ChannelSession.MessageOf(i, NextLength(random)));
            }
        });
        var lengths = new Random(7);
        for (var i = 0; i < rounds; i++)
        {
            var message = await channel.ReceiveAsync();
            Assert.That(message!.Value.Span.SequenceEqual(ChannelSession.MessageOf(i, NextLength(lengths))), Is.True, $"message {i}");
        }

        await sending.WaitAsync(Eventually.Limit);
    }

    private static int NextLength(Random random) => 8 + random.Next(1 << random.Next(1, 18));

    private static int CountOfMemories() => File.ReadLines("/proc/self/maps").Count(static line => line.Contains("memfd:connections", StringComparison.Ordinal));

    private async Task<SharedChannel> ConnectAsync(string state)
    {
        var accepting = _listener.AcceptAsync().AsTask();
        Assert.That(
            await _other.AskAsync($"channel connect {_listener.Name}{(state == "to-spin" ? " to-spin" : "")}"), Is.EqualTo("connected"));
        var channel = await accepting.WaitAsync(Eventually.Limit);
        if (state != "idle")
        {
            Assert.That(await _other.AskAsync($"channel {(state == "to-spin" ? "await" : state)}"), Is.EqualTo("begun"));
        }

        return channel;
    }

    private static async Task DrainAsync(SharedChannel channel)
    {
        while (await channel.ReceiveAsync() is not null)
        {
        }
    }

    private static void Drain(SharedChannel channel)
    {
        while (channel.Receive(Timeout.InfiniteTimeSpan) is not null)
        {
        }
    }

    private static async Task SendForeverAsync(SharedChannel channel, int length)
    {
        while (true)
        {
            await channel.SendAsync(new byte[length]);
        }
    }

    private static void SendForever(SharedChannel channel, int length)
    {
        while (true)
        {
            channel.Send(new byte[length], Timeout.InfiniteTimeSpan);
        }
    }
}
