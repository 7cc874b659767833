using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Connections.Native.SharedMemory;
using Connections.Native.SharedMemory.Rings;
using Connections.Native.SharedMemory.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.Tests.SharedMemory;

/// <summary>Other users, and peers that lie.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class SharedChannelSecurityTests
{
    private static readonly SharedChannelOptions Small = new() { Capacity = 4096, SpinBudget = TimeSpan.Zero, MaximumMessageLength = 100_000 };

    private static readonly int[] ControlWords =
    [
        .. new[] { 0, RingLayout.ControlSize }.SelectMany(static ring => new[] { RingLayout.Tail, RingLayout.Ended, RingLayout.Head, RingLayout.ReaderParking, RingLayout.WriterParking }, static (ring, word) => ring + word),
        RingLayout.DataStart, RingLayout.DataStart + 4096,
    ];

    [Test]
    public async Task Another_user_cannot_reach_a_channel()
    {
        await using var listener = SharedChannelListener.Listen(ChannelPair.NewName());
        var path = ChannelPair.PathOf(listener.Name);

        Assert.That(await RunAsNobodyAsync("socat", "-u", $"UNIX-CONNECT:{path}", "-"), Does.Contain("Permission denied"));
        Assert.That(await RunAsNobodyAsync("rm", "-f", path), Does.Contain("Permission denied"));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Another_user_who_reaches_the_socket_is_not_accepted()
    {
        var directory = Directory.CreateTempSubdirectory("channel");
        directory.UnixFileMode = (UnixFileMode)0x1FF;
        var path = Path.Combine(directory.FullName, "open.channel");
        await using (var listener = SharedChannelListener.ListenAt("open", path, Small))
        {
            File.SetUnixFileMode(path, (UnixFileMode)0x1FF);
            using var cancellation = new CancellationTokenSource();
            var accepting = listener.AcceptAsync(cancellation.Token).AsTask();

            // It ends, since it is cut off, and it has got nothing.
            Assert.That(await RunAsNobodyAsync("socat", "-u", $"UNIX-CONNECT:{path}", "-"), Is.Empty);
            await using var client = await SharedChannel.ConnectToAsync("open", path, Small, CancellationToken.None).AsTask().WaitAsync(Eventually.Limit);
            await using var server = await accepting.WaitAsync(Eventually.Limit);
            Assert.That(server.PeerProcessId, Is.EqualTo(Environment.ProcessId));
        }

        directory.Delete(recursive: true);
    }

    [Test]
    public async Task Memory_in_which_the_peer_writes_anything_gives_messages_or_typed_errors()
    {
        var random = new Random(4);
        var rounds = Thoroughness.HostileInputs;
        var (done, broken) = (0, 0);
        while (done < rounds)
        {
            await using var pair = await ChannelPair.OpenAsync(Small);
            broken++;
            for (var isSound = true; isSound && done < rounds; done++)
            {
                Tamper(pair.Server, random);
                isSound = await UseAsync(pair.Server, random) & await UseAsync(pair.Client, random);
            }
        }

        Assert.That(broken, Is.GreaterThan(rounds / 100));
    }

    [Test]
    public async Task A_listener_that_offers_anything_is_refused([Range(0, 6)] int kind)
    {
        var name = ChannelPair.NewName();
        using var listening = UnixSocket.Listen(ChannelPair.PathOf(name));
        var connecting = SharedChannel.ConnectAsync(name, Small).AsTask();
        using var readiness = new Connections.Native.SharedMemory.Doorbells.Readiness(listening);
        UnixSocket? connected;
        while ((connected = listening.TryAccept()) is null)
        {
            await readiness.WaitAsync(CancellationToken.None).AsTask().WaitAsync(Eventually.Limit);
        }

        using (connected)
        {
            var size = RingLayout.SizeOf(Small.Capacity);
            using var file = kind switch
            {
                0 => AnonymousMemory.Create(size - 1),
                1 => File.OpenHandle("/dev/zero", FileMode.Open, FileAccess.ReadWrite),
                2 => UnsealedFile(size),
                _ => AnonymousMemory.Create(size),
            };
            var offer = new ChannelOffer(kind == 3 ? Small with { MaximumMessageLength = Small.MaximumMessageLength + 1 } : Small);
            if (kind > 3)
            {
                // Magic, version, capacity.
                MemoryMarshal.AsBytes(new Span<ChannelOffer>(ref offer))[(kind - 4) switch { 0 => 0, 1 => 8, _ => 12 }] ^= 0x5;
            }

            Assert.That(connected.TrySend(offer, file), Is.True);
        }

        Assert.That(async () => await connecting.WaitAsync(Eventually.Limit), Throws.TypeOf<SharedMemoryException>().With.Message.Contains(name));
        File.Delete(ChannelPair.PathOf(name));
    }

    [Test]
    public void The_memory_of_a_channel_cannot_be_shortened()
    {
        using var file = AnonymousMemory.Create(8192);
        Assert.That(() => RandomAccess.SetLength(file, 4096), Throws.InstanceOf<SystemException>());
        Assert.That(AnonymousMemory.IsSound(file, 8192), Is.True);
    }

    [Test]
    public unsafe void The_memory_of_a_channel_is_reserved_when_it_is_made()
    {
        const int BlocksOffset = 48;
        const int BlockSize = 512;
        using var file = AnonymousMemory.Create(1 << 20);
        FileStatus status;
        Assert.That(Libc.GetStatus(file, "", Libc.EmptyPath, Libc.BasicStatistics, &status), Is.Zero);
        Assert.That(*(ulong*)((byte*)&status + BlocksOffset) * BlockSize, Is.GreaterThanOrEqualTo(1ul << 20));
    }

    private static unsafe void Tamper(SharedChannel channel, Random random) =>
        Scribble.Over(new Span<byte>(channel.Memory.Words, RingLayout.SizeOf(Small.Capacity)), ControlWords, random);

    // False once the channel is broken.
    private static async Task<bool> UseAsync(SharedChannel channel, Random random)
    {
        try
        {
            using var patience = new CancellationTokenSource();
            var sending = channel.SendAsync(new byte[random.Next(3) == 0 ? random.Next(3000) : random.Next(100)], patience.Token).AsTask();
            for (var i = 0; i < 3 && channel.TryReceive(out var message) && message is not null; i++)
            {
                Assert.That(message.Value.Length, Is.LessThanOrEqualTo(Small.MaximumMessageLength));
            }

            await patience.CancelAsync();
            await sending.WaitAsync(Eventually.Limit);
            return true;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (Exception error) when (error is SharedMemoryException or ConnectionLostException)
        {
            return false;
        }
    }

    private static SafeFileHandle UnsealedFile(int size)
    {
        var file = File.OpenHandle(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, options: FileOptions.DeleteOnClose);
        RandomAccess.SetLength(file, size);
        return file;
    }

    private static string[] AsRoot => Libc.GetUser() == 0 ? [] : ["sudo", "-n"];

    private static async Task<string> RunAsNobodyAsync(params string[] command)
    {
        string[] all = [.. AsRoot, "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. command];
        using var process = Process.Start(new ProcessStartInfo(all[0], all[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return await output + error;
    }
}
