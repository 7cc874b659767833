using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Hostility;

/// <summary>
/// A live engine under mutated answers that nobody signed: nothing but a typed error is thrown, no request gets another one's answer or a value that no message held for
/// it, nothing stays in flight, and memory stays flat.
/// </summary>
public sealed class HostileAnswerTests
{
    private const int Rows = 30;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.32473.6");
    private static readonly SnmpOptions Options = new() { Timeout = TimeSpan.FromMilliseconds(20), Retries = 10, Backoff = 1.3 };

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task Mutated_answers_to_GET_are_never_taken_for_another_ones(int seed)
    {
        await using var agent = new HostileAgent(seed, static request => request.Response([HostileAgent.TrueVarBind(request.Oid)]));
        await AssertUnharmedAsync(agent, GetAsync, leastRight: 0.6, keptOctets: Barrage.UsuallyKept);
    }

    // A walk's varbinds stand in chunks, of which 16 MB are kept.
    [TestCase(5)]
    [TestCase(6)]
    public async Task Mutated_pages_never_bring_a_walk_what_no_page_held(int seed)
    {
        await using var agent = new HostileAgent(seed, PageOf);
        await AssertUnharmedAsync(agent, WalkAsync, leastRight: 0.1, keptOctets: 18_000_000);
    }

    private static async Task AssertUnharmedAsync(
        HostileAgent agent, Func<SnmpClient, HostileAgent, Oid, Task<bool>> call, double leastRight, long keptOctets)
    {
        var log = new RecordingLogger();
        await using var engine = new SnmpEngine(new SnmpEngineOptions { Logger = log });
        var client = engine.CreateClient(agent.Target(Options));

        await new Barrage(() => agent.Mutations, (loop, round) => call(client, agent, Root.Append(loop, round)))
            .AssertUnharmedAsync(engine, leastRight, agent.Forget, keptOctets);

        Assert.That(engine.Statistics.Unparsable, Is.GreaterThan(Barrage.Mutations / 10));
        Assert.That(log.Messages.Where(static message => message.Contains("failed", StringComparison.OrdinalIgnoreCase)), Is.Empty);
        await AssertWorksAsync(engine);
    }

    private static async Task<bool> GetAsync(SnmpClient client, HostileAgent agent, Oid oid)
    {
        try
        {
            var got = await client.GetAsync(oid);
            Assert.That(got.Oid, Is.EqualTo(oid));
            return IsRight(got, agent);
        }
        catch (Exception error) when (error is SnmpException or SnmpTimeoutException)
        {
            return false;
        }
    }

    private static async Task<bool> WalkAsync(SnmpClient client, HostileAgent agent, Oid root)
    {
        var (count, isRight, last) = (0, true, root);
        try
        {
            await foreach (var varBind in client.BulkWalkAsync(root))
            {
                Assert.That(varBind.Oid.StartsWith(root) && (varBind.Oid > last || varBind.Oid == root), Is.True, varBind.ToString());
                isRight &= IsRight(varBind, agent);
                last = varBind.Oid;
                count++;
            }
        }
        catch (Exception error) when (error is SnmpException or SnmpTimeoutException)
        {
            return false;
        }

        return isRight && count == Rows;
    }

    private static bool IsRight(in VarBind got, HostileAgent agent)
    {
        if (got == HostileAgent.TrueVarBind(got.Oid))
        {
            return true;
        }

        Assert.That(agent.HasSaid(got), Is.True, $"No message ever held {got}.");
        return false;
    }

    private static byte[] PageOf(Request request)
    {
        // The root of a walk has two arcs more than all walks have in common, and a row of it one more.
        var asked = request.Oid;
        var row = asked.Count > Root.Count + 2 ? asked[Root.Count + 2] : 0;
        if (row >= Rows || asked.Count > Root.Count + 3)
        {
            return request.Response([new VarBind(asked, SnmpValue.EndOfMibView)]);
        }

        var root = Root.Append(asked[Root.Count], asked[Root.Count + 1]);
        var count = Math.Clamp(request.MaxRepetitions, 1, Rows - (int)row);
        return request.Response([.. Enumerable.Range((int)row + 1, count).Select(next => HostileAgent.TrueVarBind(root.Append((uint)next)))]);
    }

    private static async Task AssertWorksAsync(SnmpEngine engine)
    {
        await using var responder = Responder.Answering(value: 42);
        var got = await engine.CreateClient(responder.Target()).GetAsync(Responder.Instance).AsTask().WaitAsync(Bound);
        Assert.That(got, Is.EqualTo(new VarBind(Responder.Instance, SnmpValue.Integer32(42))));
    }
}
