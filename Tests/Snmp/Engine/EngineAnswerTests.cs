using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>An answer must hold the objects that were asked for; one that does not is waited past, since a right one may follow.</summary>
public sealed class EngineAnswerTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly Oid Other = Oid.Parse("1.3.6.1.2.1.1.6.0");

    private SnmpEngine _engine = null!;

    [SetUp]
    public void StartEngine() => _engine = new SnmpEngine();

    [TearDown]
    public async Task StopEngineAsync() => await _engine.DisposeAsync();

    [Test]
    public async Task An_answer_that_holds_another_object_is_not_believed() =>
        await AssertWaitsPastAsync(static request => [new VarBind(Other, SnmpValue.Integer32(666))]);

    [Test]
    public async Task An_answer_that_holds_a_further_object_is_not_believed() =>
        await AssertWaitsPastAsync(static request => [new VarBind(request.Oid, SnmpValue.Integer32(666)), new VarBind(Other, SnmpValue.Integer32(666))]);

    [Test]
    public async Task An_answer_that_holds_nothing_is_not_believed() => await AssertWaitsPastAsync(static _ => []);

    [Test]
    public async Task An_answer_in_another_order_is_not_believed()
    {
        await using var responder = new Responder((responder, request) =>
        {
            responder.Reply(request, request.Response([.. request.VarBinds.Reverse().Select(static asked => new VarBind(asked.Oid, SnmpValue.Integer32(666)))]));
            responder.Reply(request, request.Answer(5));
        });

        var got = await _engine.CreateClient(responder.Target()).GetAsync([Responder.Instance, Other]).AsTask().WaitAsync(Bound);

        Assert.That(got, Is.EqualTo(new[] { new VarBind(Responder.Instance, SnmpValue.Integer32(5)), new VarBind(Other, SnmpValue.Integer32(5)) }));
    }

    [TestCase("1")]
    [TestCase("1.3")]
    public async Task An_object_whose_name_has_less_arcs_than_an_encoding_is_known_again(string name)
    {
        await using var responder = Responder.Answering(value: 5);

        var got = await _engine.CreateClient(responder.Target()).GetAsync(name).AsTask().WaitAsync(Bound);

        Assert.That(got.Value, Is.EqualTo(SnmpValue.Integer32(5)));
    }

    [Test]
    public async Task A_timeout_says_that_answers_held_other_objects()
    {
        await using var responder = new Responder(static (responder, request) =>
            responder.Reply(request, request.Response([new VarBind(Other, SnmpValue.Integer32(666))])));
        var client = _engine.CreateClient(responder.Target(new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(50), Retries = 1 }));

        Assert.That(
            async () => await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Bound),
            Throws.InstanceOf<SnmpTimeoutException>().With.Message.Contains("other objects than were asked for"));
    }

    [Test]
    public async Task A_walk_whose_page_holds_nothing_ends()
    {
        await using var responder = new Responder(static (responder, request) =>
            responder.Reply(request, request.Type == PduType.GetBulk ? request.Response([]) : request.Response([new VarBind(request.Oid, SnmpValue.NoSuchObject)])));

        var walked = await _engine.CreateClient(responder.Target()).BulkWalkAsync(Other).ToListAsync().AsTask().WaitAsync(Bound);

        Assert.That(walked, Is.Empty);
    }

    private async Task AssertWaitsPastAsync(Func<Request, VarBind[]> wrong)
    {
        await using var responder = new Responder((responder, request) =>
        {
            responder.Reply(request, request.Response(wrong(request)));
            responder.Reply(request, request.Answer(5));
        });

        var got = await _engine.CreateClient(responder.Target()).GetAsync(Responder.Instance).AsTask().WaitAsync(Bound);

        Assert.That(got, Is.EqualTo(new VarBind(Responder.Instance, SnmpValue.Integer32(5))));
        Assert.That(_engine.Statistics.Foreign, Is.EqualTo(1));
    }
}
