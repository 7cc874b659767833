using Connections.Collector.Requests;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;

namespace Connections.Collector.Tests.Requests;

/// <summary>Schedules by a clock that tests move.</summary>
public sealed class ScheduleRequestSourceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private FakeTime _time = null!;
    private CancellationTokenSource _stop = null!;

    [SetUp]
    public void Start()
    {
        _time = new FakeTime();
        _stop = new CancellationTokenSource();
    }

    [TearDown]
    public void Stop()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    [Test]
    public async Task An_entry_comes_again_and_again_with_names_of_its_own()
    {
        await using var turns = TurnsOf(Entry("a", "h1"));
        var ids = new List<string>();
        for (var turn = 0; turn < 3; turn++)
        {
            var ticket = await NextAsync(turns);
            ids.Add(ticket.Request.Id);
            await ticket.AcknowledgeAsync();
        }

        Assert.That(ids, Is.Unique.And.All.StartsWith("a/"));
        Assert.That(_time.GetUtcNow().UtcTicks, Is.InRange(2 * Minute.Ticks, 4 * Minute.Ticks));
    }

    [Test]
    public async Task Entries_are_spread_over_their_interval()
    {
        await using var turns = TurnsOf([.. Enumerable.Range(0, 100).Select(static number => Entry($"e{number}", $"h{number}"))]);
        for (var number = 0; number < 50; number++)
        {
            await NextAsync(turns, TimeSpan.FromMilliseconds(100));
        }

        Assert.That(_time.GetUtcNow().UtcTicks, Is.InRange(Minute.Ticks / 4, Minute.Ticks * 3 / 4), "about half of the interval has passed when half of the entries came");
    }

    [Test]
    public async Task A_device_is_not_asked_while_it_is_being_asked()
    {
        await using var turns = TurnsOf(Entry("a", "h1"), Entry("b", "h1"));
        var first = await NextAsync(turns);
        var second = turns.MoveNextAsync().AsTask();
        for (var minute = 0; minute < 5; minute++)
        {
            _time.Advance(Minute);
            await Task.Yield();
        }

        Assert.That(second.IsCompleted, Is.False, "the device is busy");

        await first.AcknowledgeAsync();
        Assert.That(await second.BoundedAsync(), Is.True);
        Assert.That(turns.Current.Request.Target, Is.EqualTo("h1"));
        Assert.That(turns.Current.Request.Id, Does.Not.StartWith(first.Request.Id[..1]), "the entry that has waited comes first");
    }

    [Test]
    public async Task Turns_that_were_missed_do_not_pile_up()
    {
        await using var turns = TurnsOf(Entry("a", "h1"));
        var first = await NextAsync(turns);
        _time.Advance(10 * Minute);
        await first.ReleaseAsync();

        var second = await NextAsync(turns);
        await second.AcknowledgeAsync();
        var third = turns.MoveNextAsync().AsTask();
        await Eventually.UntilAsync(() => third.IsCompleted || _time.Pending > 0);

        Assert.That(third.IsCompleted, Is.False, "the next turn is due in the future");
        await _stop.CancelAsync();
        Assert.That(await third.BoundedAsync(), Is.False);
    }

    [Test]
    public async Task Being_told_to_stop_ends_the_stream()
    {
        await using var turns = TurnsOf(Entry("a", "h1"));
        await (await NextAsync(turns)).AcknowledgeAsync();
        var next = turns.MoveNextAsync().AsTask();

        await _stop.CancelAsync();

        Assert.That(await next.BoundedAsync(), Is.False);
    }

    [TestCase("""{"every":60,"request":{"target":"h","roots":["1.3.6.1"]}}""")]
    [TestCase("""{"name":"a","every":0,"request":{"target":"h","roots":["1.3.6.1"]}}""")]
    [TestCase("""{"name":"a","every":60,"jitter":2,"request":{"target":"h","roots":["1.3.6.1"]}}""")]
    [TestCase("""{"name":"a","every":60}""")]
    [TestCase("""{"name":"a","every":60,"request":{"target":"h"}}""")]
    [TestCase("nothing")]
    public void A_schedule_that_makes_no_sense_is_refused_with_its_line(string line)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, ["""{"name":"good","every":60,"request":{"target":"h","roots":["1.3.6.1"]}}""", line]);

            Assert.That(() => ScheduleEntry.Load(path), Throws.TypeOf<RequestFormatException>().With.Message.Contains("line 2"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static ScheduleEntry Entry(string name, string target) => new(name, Minute, 0.1, CollectRequest.Walk(name, target, Oid.Parse("1.3.6.1.2.1.1")));

    private IAsyncEnumerator<RequestTicket> TurnsOf(params ScheduleEntry[] entries) =>
        new ScheduleRequestSource(entries, _time, new Random(1)).ReadAsync(_stop.Token).GetAsyncEnumerator();

    /// <summary>The next ticket, the clock moved on step by step until it comes.</summary>
    private async Task<RequestTicket> NextAsync(IAsyncEnumerator<RequestTicket> turns, TimeSpan? step = null)
    {
        var next = turns.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            await Eventually.UntilAsync(() => next.IsCompleted || _time.Pending > 0);
            if (!next.IsCompleted)
            {
                _time.Advance(step ?? TimeSpan.FromSeconds(1));
            }
        }

        Assert.That(await next, Is.True);
        return turns.Current;
    }
}
