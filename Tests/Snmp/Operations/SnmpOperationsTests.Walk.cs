using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

public abstract partial class SnmpOperationsTests
{
    [Test]
    public async Task A_walk_gives_what_single_steps_give()
    {
        var walked = await ListAsync(_client.WalkAsync(System));
        var stepped = await StepAsync(System, walked.Count + 1);

        Assert.That(walked, Is.Not.Empty);
        Assert.That(Shape(walked), Is.EqualTo(Shape(stepped.Take(walked.Count))));
        Assert.That(stepped[^1].Oid.StartsWith(System), Is.False);
    }

    [TestCase(null)]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(1000)]
    public async Task A_bulk_walk_gives_what_a_walk_gives(int? maxRepetitions)
    {
        var walked = await ListAsync(_client.WalkAsync(System));
        var bulk = await ListAsync(_client.BulkWalkAsync(System, maxRepetitions));

        Assert.That(Shape(bulk), Is.EqualTo(Shape(walked)));
        Assert.That(
            bulk.Where(static varBind => varBind.Value.Type != SnmpType.TimeTicks),
            Is.EqualTo(walked.Where(static varBind => varBind.Value.Type != SnmpType.TimeTicks)));
    }

    [Test]
    public async Task A_walk_of_one_instance_gives_that_one()
    {
        VarBind[] description = [new(SysDescr, SnmpValue.OctetString(Description))];

        Assert.That(await ListAsync(_client.WalkAsync(SysDescr)), Is.EqualTo(description));
        Assert.That(await ListAsync(_client.BulkWalkAsync(SysDescr)), Is.EqualTo(description));
    }

    [Test]
    public async Task A_walk_where_nothing_is_gives_nothing()
    {
        Assert.That(await ListAsync(_client.WalkAsync(NoObject)), Is.Empty);
        Assert.That(await ListAsync(_client.BulkWalkAsync(NoObject)), Is.Empty);
    }

    // Not of everything, which is a request for each of some ten thousand variables in SNMPv1.
    [Test]
    public async Task A_walk_of_what_lies_last_ends_at_the_end_of_the_view()
    {
        var last = await ListAsync(_client.BulkWalkAsync(LastRoot));

        Assert.That(last, Has.Count.GreaterThan(20));
        Assert.That(last.Select(static varBind => varBind.Oid), Is.Ordered.And.Unique);
        Assert.That(last.Any(static varBind => varBind.Value.IsException), Is.False);
        await AssertNothingFollowsAsync(last[^1].Oid);
    }

    [Test]
    public async Task A_walk_in_v1_passes_over_Counter64()
    {
        var interfaces = await ListAsync(_client.BulkWalkAsync(IfXEntry));

        Assert.That(interfaces, Is.Not.Empty);
        Assert.That(interfaces.Select(static varBind => varBind.Oid), Is.Ordered.And.Unique);
        Assert.That(interfaces.Any(static varBind => varBind.Value.Type == SnmpType.Counter64), Is.EqualTo(!IsV1));
        Assert.That(interfaces[^1].Value.Type, Is.Not.EqualTo(SnmpType.Counter64), "what lies behind them is reached");
    }

    [Test]
    public async Task A_walk_may_be_left_early_and_calls_made_meanwhile()
    {
        var seen = 0;
        await foreach (var varBind in _client.BulkWalkAsync(Oid.Parse("1.3"), 2))
        {
            var again = await _client.GetAsync(varBind.Oid).AsTask().WaitAsync(Bound);
            Assert.That(again.Oid, Is.EqualTo(varBind.Oid));
            if (++seen == 20)
            {
                break;
            }
        }

        Assert.That((await _client.GetAsync(SysDescr).AsTask().WaitAsync(Bound)).Value.ToText(), Is.EqualTo(Description));
    }
}
