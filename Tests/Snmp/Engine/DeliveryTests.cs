using Connections.Snmp.Engine;

namespace Connections.Snmp.Tests.Engine;

/// <summary>What code that awaits requests may do on the engine's thread: anything.</summary>
internal sealed class DeliveryTests
{
    private const string EngineThread = "SNMP engine";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpEngine _engine = null!;
    private Responder _responder = null!;
    private SnmpClient _client = null!;

    [SetUp]
    public void Start()
    {
        _engine = new SnmpEngine();
        _responder = Responder.Answering(1);
        _client = _engine.CreateClient(_responder.Target());
    }

    [TearDown, CancelAfter(30_000)]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        await _responder.DisposeAsync();
    }

    [Test]
    public Task Quick_code_goes_on_on_the_engines_thread() => UntilOnEngineThreadAsync().WaitAsync(Limit);

    [Test]
    public async Task While_code_blocks_the_engine_serves_others()
    {
        using var gate = new ManualResetEventSlim();
        var blocked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var blocking = BlockAsync();
        await blocked.Task.WaitAsync(Limit);

        for (var i = 0; i < 100; i++)
        {
            await Task.Run(() => _client.GetAsync(Responder.Instance).AsTask()).WaitAsync(Limit);
        }

        Assert.That(blocking.IsCompleted, Is.False);
        gate.Set();
        await blocking.WaitAsync(Limit);

        async Task BlockAsync()
        {
            await UntilOnEngineThreadAsync().ConfigureAwait(false);
            blocked.SetResult();
            Assert.That(gate.Wait(Limit), Is.True);
        }
    }

    [Test]
    public async Task Code_that_was_held_up_goes_on_to_make_requests_in_any_way()
    {
        await RunAsync().WaitAsync(Limit);

        async Task RunAsync()
        {
            await UntilOnEngineThreadAsync().ConfigureAwait(false);
            for (var i = 0; i < 200; i++)
            {
                Assert.That(_client.GetAsync(Responder.Instance).AsTask().Wait(Limit), Is.True);
            }

            await _client.GetAsync(Responder.Instance).ConfigureAwait(false);
        }
    }

    [Test]
    public async Task Code_may_dispose_the_engine_and_wait_for_it([Values] bool blocks)
    {
        await RunAsync().WaitAsync(Limit);
        Assert.That(() => _client.GetAsync(Responder.Instance).AsTask(), Throws.TypeOf<ObjectDisposedException>());

        async Task RunAsync()
        {
            await UntilOnEngineThreadAsync().ConfigureAwait(false);
            if (blocks)
            {
                Assert.That(_engine.DisposeAsync().AsTask().Wait(Limit), Is.True);
            }
            else
            {
                await _engine.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    [Test]
    public async Task Callers_that_hold_the_thread_up_at_random_get_every_answer()
    {
        const int Callers = 16;
        const int Requests = 100;

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(CallAsync)).WaitAsync(Limit);

        Assert.That(_engine.Statistics.Responses, Is.EqualTo(Callers * Requests));
        Assert.That((_engine.Statistics.InFlight, _engine.Statistics.Waiting), Is.EqualTo((0, 0)));

        async Task CallAsync(int caller)
        {
            var random = new Random(caller);
            using var never = new ManualResetEventSlim();
            for (var i = 0; i < Requests; i++)
            {
                var answer = await _client.GetAsync(Responder.Instance).ConfigureAwait(false);
                Assert.That(answer.Value.ToInt64(), Is.EqualTo(1));
                if (random.Next(20) == 0)
                {
                    never.Wait(random.Next(20));
                }
            }
        }
    }

    // A busy machine may have the engine think that code is slow, so once is enough.
    private async Task UntilOnEngineThreadAsync()
    {
        do
        {
            await _client.GetAsync(Responder.Instance).ConfigureAwait(false);
        }
        while (Thread.CurrentThread.Name != EngineThread);
    }
}
