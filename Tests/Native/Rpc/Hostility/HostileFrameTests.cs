using System.Runtime.Versioning;
using Connections.Native.Rpc;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Tests.Rpc.Hostility;

/// <summary>Peers in shared memory that send any frames, and write anything into the memory: typed errors, and nobody else loses anything.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class HostileFrameTests
{
    private const int Seats = 4;

    // A long run has several shorter ones.
    private static readonly int[] Seeds = [.. Enumerable.Range(1, Thoroughness.Choose(1, 10))];
    private static readonly int Rounds = Thoroughness.HostileInputs / Seeds.Length;

    [TestCaseSource(nameof(Seeds))]
    public async Task A_server_outlives_clients_that_send_anything_and_write_anything_into_the_memory(int seed)
    {
        await using var bench = new Bench("shm");
        await bench.StartAsync(new RpcServerOptions { ConcurrentCalls = Seats, MaxMessageSize = HostileClient.Longest }, new RpcClientOptions { MaxMessageSize = HostileClient.Longest });
        await using (var peer = new HostileClient(bench.Address, await RecordCallsAsync(), new Random(seed)))
        {
            for (var round = 0; round < Rounds; round++)
            {
                await peer.PlayAsync();
            }

            Assert.That(peer.Served, Is.GreaterThan(Rounds / 10), "the inputs reach both outcomes");
            Assert.That(peer.Ends, Is.GreaterThan(Rounds / 100), "the inputs reach both outcomes");
        }

        Assert.That(await bench.Client.AddAsync(1, 2).BoundedAsync(), Is.EqualTo(3));
        await Eventually.UntilAsync(() => bench.Host.Connections == 1);
        await Eventually.UntilAsync(() => RpcStatus.Of(bench.Address).Servers.Single().Running == 0);
    }

    [TestCaseSource(nameof(Seeds))]
    public async Task A_client_gets_typed_errors_from_a_server_that_sends_anything_and_writes_anything_into_the_memory(int seed)
    {
        var random = new Random(-seed);
        var (answered, refused) = (0, 0);
        HostileServer? server = null;
        for (var round = 0; round < Rounds; round++)
        {
            server ??= await TryOpenAsync(random);
            if (server is null)
            {
                refused++;
            }
            else if (await PlayAsync(server, random) is { } error)
            {
                Assert.That(error, Is.InstanceOf<Connections.Pooling.IConnectionError>().Or.InstanceOf<OperationCanceledException>(), $"round {round}");
                refused++;
            }
            else
            {
                answered++;
            }

            if (server is { Connection.IsUsable: false } or { IsTampered: true })
            {
                await server.DisposeAsync();
                server = null;
            }
        }

        Assert.That(answered, Is.GreaterThan(Rounds / 10), "the inputs reach both outcomes");
        Assert.That(refused, Is.GreaterThan(Rounds / 10), "the inputs reach both outcomes");
        await (server?.DisposeAsync() ?? default);
    }

    private static async Task<HostileServer?> TryOpenAsync(Random random)
    {
        try
        {
            return await HostileServer.OpenAsync(random.Next(8) == 0 ? Mutation.Of(HostileServer.Welcome, random) : HostileServer.Welcome);
        }
        catch (Exception error) when (error is Connections.Pooling.IConnectionError)
        {
            return null;
        }
    }

    // One call, and some answers to it, right in the end. The error that the caller gets; null if it gets a result.
    private static async Task<Exception?> PlayAsync(HostileServer server, Random random)
    {
        using var stop = new CancellationTokenSource();
        var calling = CallAsync(server.Client, random.Next(4), stop.Token);
        if (await server.ReceiveCallAsync() is not { } message)
        {
            return await calling.BoundedAsync();
        }

        var call = Frame.Read(message);
        var isOpen = true;
        for (var i = random.Next(3); i > 0 && isOpen; i--)
        {
            var kind = (FrameKind)random.Next((int)FrameKind.Welcome, (int)FrameKind.Failure + 1);
            isOpen = await server.TrySendAsync(Mutation.Of(Mutation.Message(new Frame(kind, call.Call, (uint)random.Next(6)), NewBody(random)), random));
        }

        if (random.Next(16) == 0)
        {
            server.Tamper(random);
        }

        if (isOpen)
        {
            await server.TrySendAsync(Mutation.Message(new Frame(FrameKind.Result, call.Call), "3"u8));
        }

        if (server.IsTampered)
        {
            // The client may never see the answer.
            await stop.CancelAsync();
        }

        return await calling.BoundedAsync();
    }

    private static byte[] NewBody(Random random)
    {
        var bytes = new byte[random.Next(40)];
        random.NextBytes(bytes);
        return random.Next(3) switch
        {
            0 => bytes,
            1 => TextBody.Write((uint)random.Next(), "System.Exception", "text"),
            _ => """{"Name":"n","Value":1}"""u8.ToArray(),
        };
    }

    private static async Task<Exception?> CallAsync(IWorkbench client, int method, CancellationToken cancellationToken)
    {
        try
        {
            switch (method)
            {
                case 0:
                    await client.EchoAsync(new byte[] { 1, 2, 3 }, cancellationToken);
                    break;
                case 1:
                    await client.MeasureAsync("n", new Reading("o", 1), cancellationToken);
                    break;
                case 2:
                    await client.WhoAsync(cancellationToken);
                    break;
                default:
                    await foreach (var item in client.CountAsync(0, 3, cancellationToken))
                    {
                        Assert.That(item, Is.InstanceOf<int>());
                    }

                    break;
            }

            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    // What a client sends when it calls.
    private static async Task<IReadOnlyList<byte[]>> RecordCallsAsync()
    {
        var calls = new List<byte[]>();
        for (var method = 0; method < 4; method++)
        {
            await using var server = await HostileServer.OpenAsync(HostileServer.Welcome);
            using var stop = new CancellationTokenSource();
            var calling = CallAsync(server.Client, method, stop.Token);
            calls.Add((await server.ReceiveCallAsync())!);
            await stop.CancelAsync();
            await calling.BoundedAsync();
        }

        return calls;
    }
}
