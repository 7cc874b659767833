using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Tests.Rpc;

/// <summary>Peers that send anything: they lose their connection, and nobody else loses anything.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HostilityTests
{
    [Test]
    public async Task A_server_outlives_clients_that_send_mutated_frames()
    {
        await using var bench = new Bench("tcp://127.0.0.1:0");
        await bench.StartAsync(new RpcServerOptions { MaxMessageSize = 64 * 1024 });
        var random = new Random(7);
        for (var round = 0; round < Thoroughness.Choose(300, 30_000); round++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, RpcAddress.Parse(bench.Address).Port);
            await SendAsync(socket, Mutate(Conversation(), random));
            socket.Shutdown(SocketShutdown.Send);
            await DrainAsync(socket);
        }

        Assert.That(await bench.Client.AddAsync(1, 2).BoundedAsync(), Is.EqualTo(3));
        await Eventually.UntilAsync(() => bench.Host.Connections == 1);
    }

    [Test]
    public async Task A_client_gets_typed_errors_from_a_server_that_sends_mutated_frames()
    {
        var random = new Random(8);
        for (var round = 0; round < Thoroughness.Choose(300, 30_000); round++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var answering = AnswerAsync(listener, random.Next());
            await using var client = new RpcClient(
                $"tcp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}",
                new RpcClientOptions { WaitForServer = TimeSpan.Zero, MaxMessageSize = 64 * 1024 });
            try
            {
                await client.Get<IWorkbench>(TimeSpan.FromSeconds(5)).EchoAsync(new byte[] { 1, 2, 3 }).BoundedAsync();
            }
            catch (Exception error)
            {
                Assert.That(error, Is.InstanceOf<Connections.Pooling.IConnectionError>(), $"round {round}");
            }

            await answering.BoundedAsync();
        }
    }

    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0x7F }, TestName = "a length beyond the limit")]
    [TestCase(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }, TestName = "a negative length")]
    [TestCase(new byte[] { 1, 0, 0, 0, 9 }, TestName = "a frame too short for its head")]
    public async Task What_cannot_be_a_message_ends_the_connection(byte[] bytes)
    {
        await using var bench = new Bench("tcp://127.0.0.1:0");
        await bench.StartAsync();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, RpcAddress.Parse(bench.Address).Port);
        await SendAsync(socket, bytes);

        await DrainAsync(socket);
        Assert.That(await bench.Client.AddAsync(1, 2).BoundedAsync(), Is.EqualTo(3));
    }

    [Test]
    public void Frames_and_texts_are_what_was_written_or_are_refused()
    {
        var random = new Random(9);
        var frame = new Frame(FrameKind.Call, 0x1234_5678, 0x9ABC_DEF0, 63, 0x0123_4567_89AB_CDEF);
        var bytes = new byte[Frame.Size];
        frame.Write(bytes);
        Assert.That(Frame.Read(bytes), Is.EqualTo(frame));
        Assert.That(TextBody.Read(TextBody.Write(7, "ä", "b")), Is.EqualTo((7u, "ä", "b")));
        for (var i = 0; i < Thoroughness.HostileInputs; i++)
        {
            var input = new byte[random.Next(64)];
            random.NextBytes(input);
            Refuses(() => Frame.Read(input));
            Refuses(() => TextBody.Read(input));
        }
    }

    private static void Refuses(Action read)
    {
        try
        {
            read();
        }
        catch (RpcProtocolException error)
        {
            Assert.That(error.Message, Is.Not.Empty);
        }
    }

    // A greeting, two calls, a cancellation, and credit.
    private static byte[] Conversation() =>
    [
        .. Message(new Frame(FrameKind.Hello, 0, Protocol.Version), TextBody.Write(1, "workbench")),
        .. Message(new Frame(FrameKind.Call, 1, 0x1234), [1, 2, 3]),
        .. Message(new Frame(FrameKind.Call, 2, 0x1234), "[1,2]"u8.ToArray()),
        .. Message(new Frame(FrameKind.Credit, 1, 3), []),
        .. Message(new Frame(FrameKind.Cancel, 1), []),
    ];

    private static byte[] Message(Frame frame, byte[] body)
    {
        var message = new byte[sizeof(int) + Frame.Size + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, Frame.Size + body.Length);
        frame.Write(message.AsSpan(sizeof(int)));
        body.CopyTo(message.AsSpan(sizeof(int) + Frame.Size));
        return message;
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next() };
        }

        return bytes[..random.Next(1, bytes.Length + 1)];
    }

    // Welcomes, and answers the first call, both as a mutation has it.
    private static async Task AnswerAsync(TcpListener listener, int seed)
    {
        var random = new Random(seed);
        using var socket = await listener.AcceptSocketAsync();
        await SendAsync(socket, random.Next(2) == 0 ? Mutate(Message(new Frame(FrameKind.Welcome, 0, Protocol.Version), []), random) : Message(new Frame(FrameKind.Welcome, 0, Protocol.Version), []));
        var kind = (FrameKind)random.Next((int)FrameKind.Welcome, (int)FrameKind.Failure + 1);
        await SendAsync(socket, Mutate(Message(new Frame(kind, 0x1000, (uint)random.Next(6)), TextBody.Write(1, "a", "b")), random));
        socket.Shutdown(SocketShutdown.Send);
        await DrainAsync(socket);
    }

    // The other side may end it at any moment.
    private static async Task SendAsync(Socket socket, byte[] bytes)
    {
        try
        {
            await socket.SendAsync(bytes);
        }
        catch (SocketException error)
        {
            Assert.That(error.SocketErrorCode, Is.AnyOf(SocketError.ConnectionReset, SocketError.Shutdown, SocketError.ConnectionAborted));
        }
    }

    private static async Task DrainAsync(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(30)) > 0)
            {
                continue;
            }
        }
        catch (SocketException error)
        {
            Assert.That(error.SocketErrorCode, Is.AnyOf(SocketError.ConnectionReset, SocketError.ConnectionAborted));
        }
    }
}
