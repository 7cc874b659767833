using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Collection;

/// <summary>What fails in the middle of a walk: what came before it stays, and nothing is tried longer than it must be.</summary>
public sealed class CollectorFailureTests : CollectorFixture
{
    private static readonly Oid Table = Oid.Parse("1.3.6.1.4.1.99999.7");
    private static readonly TreeResponder Tree = new(
        Enumerable.Range(1, 4).SelectMany(static column => Enumerable.Range(1, 500).Select(row => Table.Append((uint)column, (uint)row))));

    private static Oid[] Roots { get; } = [.. Enumerable.Range(1, 4).Select(static column => Table.Append((uint)column))];

    [Test]
    public async Task A_device_that_dies_in_mid_walk_is_tried_for_one_round_of_attempts()
    {
        const int Alive = 5;
        var received = 0;
        await using var responder = new Responder((responder, request) =>
        {
            if (Interlocked.Increment(ref received) <= Alive)
            {
                responder.Reply(request, Tree.Answer(request));
            }
        });

        var collected = await CollectAsync(
            Collector(snmp: Quick with { Timeout = TimeSpan.FromMilliseconds(100), Retries = 3, Backoff = 1 }),
            [CollectRequest.Walk("w", responder.EndPoint.ToString(), Roots)]);

        var result = collected.Results["w"];
        Assert.That((result.Outcome, result.Errors.Single().Kind), Is.EqualTo((CollectOutcome.DoneWithErrors, CollectErrorKind.Timeout)));
        Assert.That(result.Records, Is.GreaterThan(0).And.LessThan(2_000));
        // One round is four, and two would be eight; an answer that comes late costs another.
        Assert.That(received - Alive, Is.InRange(4, 7));
    }

    [Test]
    public async Task An_error_at_one_root_leaves_the_others_whole_and_names_its_root()
    {
        await using var responder = new Responder((responder, request) =>
        {
            var bad = request.VarBinds.ToList().FindIndex(static varBind => varBind.Oid.StartsWith(Roots[2]));
            responder.Reply(request, bad < 0 ? Tree.Answer(request) : request.Error(SnmpErrorStatus.GenErr, bad + 1));
        });

        var collected = await CollectAsync(Collector(), [CollectRequest.Walk("w", responder.EndPoint.ToString(), Roots)]);

        var error = collected.Results["w"].Errors.Single();
        Assert.That((error.Kind, error.Root, error.Detail), Is.EqualTo((CollectErrorKind.ErrorStatus, (int?)2, (int)SnmpErrorStatus.GenErr)));
        Assert.That(collected.RowsOf("w").CountBy(static row => row.Root).OrderBy(static pair => pair.Key), Is.EqualTo(new KeyValuePair<int, int>[] { new(0, 500), new(1, 500), new(3, 500) }));
    }
}
