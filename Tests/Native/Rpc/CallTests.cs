using Connections.Native.Rpc;

namespace Connections.Native.Tests.Rpc;

/// <summary>One service, called by the same code wherever it is.</summary>
[TestFixture("tcp://127.0.0.1:0")]
[TestFixture("shm://*")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public sealed class CallTests(string address) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Bench _bench = new(address);

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(64)]
    [TestCase(70_000)]
    [TestCase(5_000_000)]
    public async Task Raw_bytes_go_there_and_come_back(int length)
    {
        await _bench.StartAsync();
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);

        Assert.That(await _bench.Client.EchoAsync(bytes).AsTask().WaitAsync(Patience), Is.EqualTo(bytes));
        var reversed = await _bench.Client.ReverseAsync(bytes).WaitAsync(Patience);
        Assert.That(reversed.ToArray(), Is.EqualTo(bytes.Reverse()));
    }

    [Test]
    public async Task Arguments_and_results_travel_as_json()
    {
        await _bench.StartAsync();

        Assert.That(await _bench.Client.AddAsync(40, 2).WaitAsync(Patience), Is.EqualTo(42));
        Assert.That(await _bench.Client.MeasureAsync("u", null, default).AsTask().WaitAsync(Patience), Is.EqualTo(new Reading("u", 1)));
        Assert.That(await _bench.Client.MeasureAsync("ü", new Reading("i", 1.5), default).AsTask().WaitAsync(Patience), Is.EqualTo(new Reading("ü", 2.5)));
    }

    [Test]
    public async Task An_exception_travels_with_its_type_and_message()
    {
        await _bench.StartAsync();

        var error = Assert.ThrowsAsync<RemoteCallException>(() => _bench.Client.FailAsync("no such luck").WaitAsync(Patience))!;
        Assert.That((error.RemoteType, error.Message), Is.EqualTo(("System.InvalidOperationException", "no such luck")));
        Assert.That(await _bench.Client.AddAsync(1, 1).WaitAsync(Patience), Is.EqualTo(2), "the next call");
    }

    [Test]
    public async Task A_thousand_calls_at_once_have_each_its_own_answer()
    {
        await _bench.StartAsync(new RpcServerOptions { ConcurrentCalls = 8 });
        var calls = Enumerable.Range(0, 1_000).Select(i => Task.Run(() => _bench.Client.AddAsync(i, i))).ToList();

        Assert.That(await Task.WhenAll(calls).WaitAsync(Patience), Is.EqualTo(Enumerable.Range(0, 1_000).Select(i => 2 * i)));
    }

    [Test]
    public async Task Calls_begin_one_after_the_other_in_the_order_in_which_they_came()
    {
        await _bench.StartAsync();
        var names = Enumerable.Range(0, 20).Select(i => $"call {i}").ToList();
        var calls = new List<Task> { _bench.Client.WaitAsync("first", default).AsTask() };
        await Eventually.UntilAsync(() => _bench.Server.Order.Count == 1);
        calls.AddRange(names.Select(name => _bench.Client.WaitAsync(name, default).AsTask()));
        foreach (var name in names.Prepend("first"))
        {
            await Eventually.UntilAsync(() => _bench.Server.Waits.ContainsKey(name));
            _bench.Server.Waits[name].SetResult();
        }

        await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.That(_bench.Server.Order, Is.EqualTo(names.Prepend("first")));
        Assert.That(_bench.Server.Peak, Is.EqualTo(1));
    }

    [Test]
    public async Task A_cancelled_call_ends_at_once_and_the_server_hears_of_it()
    {
        await _bench.StartAsync();
        using var stop = new CancellationTokenSource();
        var call = _bench.Client.WaitAsync("x", stop.Token).AsTask();
        await Eventually.UntilAsync(() => _bench.Server.Order.Count == 1);
        await stop.CancelAsync();

        Assert.That(async () => await call.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
        await Eventually.UntilAsync(() => _bench.Server.Cancelled.Count == 1);
        Assert.That(await _bench.Client.AddAsync(1, 1).WaitAsync(Patience), Is.EqualTo(2), "the next call");
    }

    [Test]
    public async Task A_stream_yields_all_its_elements_in_order()
    {
        await _bench.StartAsync();
        var all = new List<int>();
        await foreach (var i in _bench.Client.CountAsync(5, 1_000))
        {
            all.Add(i);
        }

        Assert.That(all, Is.EqualTo(Enumerable.Range(5, 1_000)));
    }

    [Test]
    public async Task A_stream_is_never_far_ahead_of_who_reads_it_and_ends_with_it()
    {
        await _bench.StartAsync();
        await foreach (var i in _bench.Client.CountAsync(0, int.MaxValue))
        {
            if (i == 100)
            {
                break;
            }
        }

        await Eventually.UntilAsync(() => _bench.Server.StreamsEnded == 1);
        Assert.That(_bench.Server.Counted, Is.LessThan(200));
        Assert.That(await _bench.Client.AddAsync(1, 1).WaitAsync(Patience), Is.EqualTo(2), "the next call");
    }

    [Test]
    public async Task A_stream_that_fails_yields_what_came_before()
    {
        await _bench.StartAsync();
        var chunks = new List<byte[]>();
        var error = Assert.ThrowsAsync<RemoteCallException>(async () =>
        {
            await foreach (var chunk in _bench.Client.ChunksAsync())
            {
                chunks.Add(chunk);
            }
        })!;

        Assert.That(chunks, Is.EqualTo(new byte[][] { [1], [], [2, 3] }));
        Assert.That(error.Message, Is.EqualTo("no more chunks"));
    }

    [Test]
    public async Task What_the_interface_implements_itself_stays_here()
    {
        await _bench.StartAsync();

        Assert.That(_bench.Client.Local, Is.EqualTo(42));
    }
}
