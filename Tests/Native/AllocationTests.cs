using System.Runtime.CompilerServices;
using System.Runtime.Versioning;
using Connections.Native.Tests.Rpc;
using Connections.Native.Tests.SharedMemory;

namespace Connections.Native.Tests;

/// <summary>What a call allocates, both sides in this process and nothing else going on.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[NonParallelizable]
public sealed class AllocationTests
{
    private const int Length = 64;
    private const int WarmUps = 5_000;
    private const int Calls = 20_000;

    // An array has a head of 24 bytes.
    private const int ResultSize = Length + 24;

    // For what the runtime does beside it.
    private const int Slack = 16;

    private readonly byte[] _bytes = new byte[Length];

    [Test]
    public async Task A_message_through_a_channel_and_its_answer_allocate_nothing()
    {
        await using var pair = await ChannelPair.OpenAsync();
        var answering = Task.Run(() => AnswerAsync(pair));

        Assert.That(await MeasureAsync(() => CallAsync(pair)), Is.LessThan(Slack));
        await pair.Client.DisposeAsync();
        await answering.BoundedAsync();
    }

    // The implementation makes a copy to answer with, and the caller gets one of his own.
    [TestCase("shm")]
    [TestCase("tcp://127.0.0.1:0")]
    public async Task A_call_of_a_service_allocates_its_two_results_alone(string place)
    {
        await using var bench = new Bench(place);
        await bench.StartAsync();
        var client = bench.Client;

        Assert.That(await MeasureAsync(() => CallAsync(client)), Is.LessThan((2 * ResultSize) + Slack));
    }

    // Bytes for each call; elsewhere, since the context of a test allocates whenever something is awaited.
    private static Task<double> MeasureAsync(Func<ValueTask> call) => Task.Run(async () =>
    {
        await RepeatAsync(call, WarmUps);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await RepeatAsync(call, Calls);
        return (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / Calls;
    });

    private static async Task RepeatAsync(Func<ValueTask> call, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await call();
        }
    }

    private static async Task AnswerAsync(ChannelPair pair)
    {
        while (await pair.Server.ReceiveAsync() is { } message)
        {
            await pair.Server.SendAsync(message);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAsync(ChannelPair pair)
    {
        await pair.Client.SendAsync(_bytes);
        CheckLength((await pair.Client.ReceiveAsync())!.Value.Length);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask CallAsync(IWorkbench client) => CheckLength((await client.EchoAsync(_bytes)).Length);

    // An assertion would allocate.
    private static void CheckLength(int length)
    {
        if (length != Length)
        {
            Assert.Fail($"{length} bytes came back.");
        }
    }
}
