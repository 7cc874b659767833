
namespace Connections.Snmp.Tests.Engine.Combining;

/// <summary>Calls that end before their answer, while they share a request with others.</summary>
public sealed class CombiningEndTests : CombiningFixture
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Cancelling_one_leaves_the_others_their_answers(bool whileUnderWay)
    {
        var release = new TaskCompletionSource();
        await using var gate = new Gate(request =>
        {
            release.Task.WaitAsync(Limit).GetAwaiter().GetResult();
            return Answer(request);
        });
        using var cancellation = new CancellationTokenSource();
        var calls = await QueueAsync(gate, Combining, 6, cancellation.Token);
        if (whileUnderWay)
        {
            gate.Open();
            await Eventually.UntilAsync(() => gate.Requests.Count == 2);
        }

        await cancellation.CancelAsync();
        Assert.That(async () => await calls[1].WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        release.SetResult();
        if (!whileUnderWay)
        {
            gate.Open();
        }

        await AssertAllAnsweredAsync(calls.Where((_, row) => row != 1));
        Assert.That(gate.Sizes, Is.EqualTo(new[] { whileUnderWay ? 6 : 5 }));
    }

    [Test]
    public async Task A_deadline_ends_its_own_call_alone()
    {
        var release = new TaskCompletionSource();
        await using var gate = new Gate(request =>
        {
            release.Task.WaitAsync(Limit).GetAwaiter().GetResult();
            return Answer(request);
        });
        var calls = await QueueAsync(gate, Combining, 3);
        var hasty = Engine.CreateClient(gate.Responder.Target(Combining)).SendAsync(SnmpRequest.Get(Row(9)).Within(TimeSpan.FromMilliseconds(300))).AsTask();
        gate.Open();

        Assert.That(async () => await hasty.WaitAsync(Limit), Throws.TypeOf<SnmpTimeoutException>());
        release.SetResult();
        await AssertAllAnsweredAsync(calls);
    }

    [Test]
    public async Task Disposing_theEngine_ends_all_that_are_combined()
    {
        await using var gate = new Gate(static _ => null);
        var calls = await QueueAsync(gate, Combining, 4);
        gate.Open();
        await Eventually.UntilAsync(() => gate.Requests.Count == 2);

        await Engine.DisposeAsync();

        foreach (var call in calls.Skip(1))
        {
            Assert.That(async () => await call.WaitAsync(Limit), Throws.TypeOf<ObjectDisposedException>());
        }
    }

    [Test]
    public async Task Cancellations_at_any_moment_never_mix_up_answers()
    {
        await using var responder = new Responder(static (self, request) => self.Reply(request, Answer(request)));
        var client = Engine.CreateClient(responder.Target(Combining with { MaxInFlight = 2 }));
        var random = new Random(1);
        for (var round = 0; round < 100; round++)
        {
            var sources = Enumerable.Range(0, 30).Select(static _ => new CancellationTokenSource()).ToArray();
            var calls = sources.Select((source, row) => client.GetAsync(Row(row), source.Token).AsTask()).ToArray();
            foreach (var source in random.GetItems(sources, 10))
            {
                await source.CancelAsync();
            }

            foreach (var (call, row) in calls.Select(static (call, row) => (call, row)))
            {
                await ((Task)call).WaitAsync(Limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                Assert.That(call.IsCanceled ? row : (await call).Value.ToInt64(), Is.EqualTo(row));
            }

            Array.ForEach(sources, static source => source.Dispose());
        }

        Assert.That(Engine.Statistics.Combined, Is.Positive);
        Assert.That((Engine.Statistics.InFlight, Engine.Statistics.Waiting), Is.EqualTo((0, 0)));
    }
}
