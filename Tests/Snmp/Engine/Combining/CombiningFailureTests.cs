using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine.Combining;

/// <summary>What goes wrong with a request that several share concerns nobody but those it concerns.</summary>
public sealed class CombiningFailureTests : CombiningFixture
{
    [TestCase(SnmpErrorStatus.TooBig)]
    [TestCase(SnmpErrorStatus.GenErr)]
    [TestCase(SnmpErrorStatus.NoAccess)]
    public async Task A_combined_request_that_is_refused_is_sent_one_by_one(SnmpErrorStatus status)
    {
        await using var gate = new Gate(request => request.VarBinds.Count > 1 ? request.Error(status, 1) : Answer(request));
        var calls = await QueueAsync(gate, Combining, 8);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(gate.Sizes, Is.EqualTo(new[] { 8 }.Concat(Enumerable.Repeat(1, 8))));
    }

    [Test]
    public async Task An_error_reaches_the_caller_that_it_concerns_alone()
    {
        await using var gate = new Gate(request =>
            request.VarBinds.Any(static varBind => varBind.Oid == Row(3)) ? request.Error(SnmpErrorStatus.NoSuchName, request.VarBinds.Count > 1 ? 3 : 1) : Answer(request));
        var calls = await QueueAsync(gate, Combining with { Version = SnmpVersion.V1 }, 5);

        gate.Open();

        await AssertAllAnsweredAsync(calls.Where((_, row) => row != 3));
        Assert.That(
            async () => await calls[3].WaitAsync(Limit),
            Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(SnmpErrorStatus.NoSuchName).And.Property("Oid").EqualTo(Row(3)));
    }

    [Test]
    public async Task A_combined_request_that_is_lost_is_sent_one_by_one()
    {
        await using var gate = new Gate(static request => request.VarBinds.Count > 1 ? null : Answer(request));
        var calls = await QueueAsync(gate, Combining with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 50, Backoff = 1 }, 6);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
    }

    [Test]
    public async Task An_answer_that_is_cut_or_holds_other_objects_answers_nobody()
    {
        await using var gate = new Gate(request => request.VarBinds.Count switch
        {
            1 => Answer(request),
            _ when request.Id % 2 == 0 => request.Response([.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid, 666)).Reverse()]),
            _ => request.Response([.. request.VarBinds.Select(static varBind => new VarBind(varBind.Oid, 666)).SkipLast(1)]),
        });
        var calls = await QueueAsync(gate, Combining with { Timeout = TimeSpan.FromMilliseconds(200), Retries = 50, Backoff = 1 }, 6);

        gate.Open();

        await AssertAllAnsweredAsync(calls);
        Assert.That(Engine.Statistics.Foreign, Is.Positive);
    }

    [Test]
    public async Task Silence_is_told_to_each_with_its_attempts()
    {
        await using var gate = new Gate(static _ => null);
        var calls = await QueueAsync(gate, Combining with { Timeout = TimeSpan.FromMilliseconds(500), Retries = 0 }, 4);
        gate.Open();

        foreach (var call in calls.Skip(1))
        {
            Assert.That(async () => await call.WaitAsync(Limit), Throws.TypeOf<SnmpTimeoutException>().With.Property("Attempts").EqualTo(1));
        }
    }
}
