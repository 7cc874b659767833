using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;
using Connections.Snmp.Tests.Engine;
using Responder = Connections.Snmp.Tests.Engine.Responder;

namespace Connections.Snmp.Tests.Collection;

/// <summary>Collections from many simulated devices: every value right, every end told.</summary>
public sealed class SnmpCollectorTests : CollectorFixture
{
    private static readonly SyntheticTable Table = new() { Rows = 30, Columns = 12, Sparseness = 0.1, EndsEarly = true };
    private static readonly Oid SysName = Oid.Parse(Names.SysName);

    [Test]
    public async Task Tables_of_hundreds_of_devices_come_to_the_agents_own_checksum()
    {
        var data = Table.ToData();
        var devices = AddDevices(300, data);
        var shape = new CollectShape(CollectKind.Walk, Columns(Table));

        var collected = await CollectAsync(Collector(), devices.Select(device => new CollectRequest(device.Name, device.EndPoint.ToString(), shape)));

        Assert.That(collected.Results, Has.Count.EqualTo(devices.Count));
        Assert.That(collected.Results.Values.Select(static result => result.Outcome), Is.All.EqualTo(CollectOutcome.Succeeded));
        Assert.That(devices.Select(device => collected.ChecksumOf(device.Name)), Is.All.EqualTo(Truth(data)));
        Assert.That(collected.Blocks, Is.LessThan(devices.Count / 4), "many requests share a block");
    }

    [Test]
    public async Task Instances_of_a_thousand_devices_are_got()
    {
        var devices = AddDevices(1_000, SyntheticDevice.Create("router", 1));
        var shape = new CollectShape(CollectKind.Get, [SysName, Oid.Parse(Names.SysContact), Oid.Parse("1.3.6.1.2.1.1.99.0")]);

        var collected = await CollectAsync(Collector(), devices.Select(device => new CollectRequest(device.Name, device.EndPoint.ToString(), shape)));

        Assert.That(collected.Results, Has.Count.EqualTo(devices.Count));
        foreach (var device in devices)
        {
            var rows = collected.RowsOf(device.Name);
            Assert.That(rows.Select(static row => row.VarBind.Value), Is.EqualTo(new[]
            {
                SnmpValue.OctetString("router"), SnmpValue.OctetString("operator@example.net"), rows[2].VarBind.Value,
            }));
            Assert.That(rows[2].VarBind.Value.IsException, Is.True);
            Assert.That(rows[0].Request.Target, Is.EqualTo(device.EndPoint.ToString()));
        }
    }

    [Test]
    public async Task Bad_networks_and_agents_lose_nothing()
    {
        var data = Table.ToData();
        var faults = new DeviceFaults { ReplyLoss = 0.15, Duplication = 0.1, Reordering = 0.1, ShortPages = 0.3, Garbage = 0.02, Truncation = 0.02, WrongRequestId = 0.02 };
        var devices = AddDevices(60, data, options => options with { Faults = faults, Loss = 0.05, Seed = 7 });
        var shape = new CollectShape(CollectKind.Walk, Columns(Table));
        var snmp = Quick with { Timeout = TimeSpan.FromMilliseconds(60), Retries = 30, Backoff = 1 };

        var collected = await CollectAsync(
            Collector(snmp: snmp), devices.Select(device => new CollectRequest(device.Name, device.EndPoint.ToString(), shape)));

        Assert.That(devices.Select(device => collected.ChecksumOf(device.Name)), Is.All.EqualTo(Truth(data)));
    }

    [Test]
    public async Task Dead_devices_fail_by_themselves()
    {
        var data = Table.ToData();
        var devices = AddDevices(20, data);
        var dead = AddDevices(20, data, options => options with { Name = "dead", Loss = 1 });
        var shape = new CollectShape(CollectKind.Walk, Columns(Table));
        var snmp = Quick with { Timeout = TimeSpan.FromMilliseconds(20), Retries = 1 };

        var collected = await CollectAsync(
            Collector(snmp: snmp), dead.Concat(devices).Select(device => new CollectRequest(device.Name, device.EndPoint.ToString(), shape)
            {
                Options = new CollectRequestOptions { Attempts = device.Loss == 1 ? null : new SnmpAttempts(TimeSpan.FromSeconds(10), 3) },
            }));

        Assert.That(devices.Select(device => collected.ChecksumOf(device.Name)), Is.All.EqualTo(Truth(data)));
        foreach (var device in dead)
        {
            var result = collected.Results[device.Name];
            Assert.That(result.Outcome, Is.EqualTo(CollectOutcome.Failed));
            Assert.That(result.Errors.Single().Kind, Is.EqualTo(CollectErrorKind.Timeout));
            Assert.That(result.Errors.Single().Message, Does.Contain(device.EndPoint.ToString()).And.Contain("2 attempts"));
        }
    }

    [Test]
    public async Task A_walk_that_breaks_off_is_done_with_errors()
    {
        var device = AddDevices(1, Table.ToData())[0];
        var third = Table.Entry.Append(3, 1);
        device.Faults = new DeviceFaults { Loop = new MibLoop(third, Table.Entry.Append(1, 1)) };

        var collected = await CollectAsync(Collector(), [CollectRequest.Walk("w", device.EndPoint.ToString(), Table.Entry)]);

        var result = collected.Results["w"];
        Assert.That(result.Outcome, Is.EqualTo(CollectOutcome.DoneWithErrors));
        Assert.That(result.Errors.Single(), Is.EqualTo(result.Errors.Single() with { Kind = CollectErrorKind.NotIncreasing, Root = 0 }));
        Assert.That(collected.RowsOf("w"), Is.Not.Empty);
    }

    [Test]
    public async Task A_get_of_which_an_agent_refuses_one_instance_brings_the_others()
    {
        Oid[] instances = [SysName, Oid.Parse(Names.SysContact), Oid.Parse(Names.SysLocation)];
        await using var responder = new Responder((responder, request) =>
        {
            var bad = request.VarBinds.ToList().FindIndex(varBind => varBind.Oid == instances[1]);
            responder.Reply(request, bad >= 0 ? request.Error(SnmpErrorStatus.GenErr, bad + 1) : request.Answer(5));
        });

        var collected = await CollectAsync(Collector(), [CollectRequest.Get("g", responder.EndPoint.ToString(), instances)]);

        var result = collected.Results["g"];
        Assert.That(result.Outcome, Is.EqualTo(CollectOutcome.DoneWithErrors));
        var error = result.Errors.Single();
        Assert.That((error.Kind, error.Root, error.Detail), Is.EqualTo((CollectErrorKind.ErrorStatus, (int?)1, (int)SnmpErrorStatus.GenErr)));
        Assert.That(collected.VarBindsOf("g").Select(static varBind => varBind.Oid), Is.EqualTo(new[] { instances[0], instances[2] }));
        Assert.That(collected.RowsOf("g").Select(static row => row.Root), Is.EqualTo(new[] { 0, 2 }));
    }

    [Test]
    public async Task Unknown_targets_and_credentials_fail_their_requests_alone()
    {
        var device = AddDevices(1, Table.ToData())[0];
        var good = CollectRequest.Walk("good", device.EndPoint.ToString(), Table.Entry);

        var collected = await CollectAsync(Collector(),
        [
            good with { Id = "credentials", Credentials = "nobody's" },
            good with { Id = "target", Target = "host:notaport" },
            good,
        ]);

        Assert.That(collected.Results["good"].Outcome, Is.EqualTo(CollectOutcome.Succeeded));
        Assert.That(collected.Results["credentials"].Errors.Single().Kind, Is.EqualTo(CollectErrorKind.UnknownTarget));
        Assert.That(collected.Results["credentials"].Errors.Single().Message, Does.Contain("nobody's"));
        Assert.That(collected.Results["target"].Errors.Single().Kind, Is.EqualTo(CollectErrorKind.UnknownTarget));
    }

    [Test]
    public async Task Credentials_are_found_by_name()
    {
        var device = AddDevices(1, Table.ToData(), options => options with { ReadCommunity = new("other") })[0];
        var targets = new CollectTargets(Engine, Quick).Add("lab", Quick with { Community = new("other") });
        var collector = new SnmpCollector(targets.FindAsync);

        var collected = await CollectAsync(collector, [CollectRequest.Walk("w", device.EndPoint.ToString(), Table.Entry) with { Credentials = "lab" }]);

        Assert.That(collected.ChecksumOf("w"), Is.EqualTo(Truth(device.Data)));
    }

    [TestCase(1)]
    [TestCase(4)]
    public async Task Ranges_of_one_table_together_are_the_whole_table(int concurrency)
    {
        var table = new SyntheticTable { Rows = 2_000, Columns = 5, Sparseness = 0.2 };
        var device = AddDevices(1, table.ToData())[0];
        var ranges = Enumerable.Range(0, 10).Select(i => IndexRange.Parse(i == 0 ? null : $"{i * 200}", i == 9 ? null : $"{(i + 1) * 200 - 50}"))
            .Concat(Enumerable.Range(0, 9).Select(static i => IndexRange.Parse($"{(i + 1) * 200 - 50}", $"{(i + 1) * 200}")));
        var shape = new CollectShape(CollectKind.Walk, Columns(table), ranges);
        Assert.That(shape.Ranges, Has.Count.EqualTo(1), "ranges that touch are one");
        var apart = Enumerable.Range(0, 10).Select(i => new CollectShape(CollectKind.Walk, Columns(table), [IndexRange.Parse($"{i * 200}", $"{(i + 1) * 200 + (i == 9 ? 1 : 0)}")]));
        var gaps = new CollectShape(CollectKind.Walk, Columns(table), Enumerable.Range(0, 101).Select(i => IndexRange.Parse($"{i * 20}", $"{i * 20 + 10}")));

        var collected = await CollectAsync(
            Collector(new CollectorOptions { MaxPerDevice = concurrency }),
            [
                new CollectRequest("whole", device.EndPoint.ToString(), shape),
                .. apart.Select((part, i) => new CollectRequest($"part-{i}", device.EndPoint.ToString(), part)),
                new CollectRequest("gaps", device.EndPoint.ToString(), gaps) { Options = new CollectRequestOptions { Concurrency = concurrency } },
            ]);

        Assert.That(collected.ChecksumOf("whole"), Is.EqualTo(Truth(device.Data)));
        Assert.That(VarBindChecksum.Of(Enumerable.Range(0, 10).SelectMany(i => collected.VarBindsOf($"part-{i}"))), Is.EqualTo(Truth(device.Data)));
        Assert.That(collected.ChecksumOf("gaps"), Is.EqualTo(VarBindChecksum.Of(
            device.Data.Where(static variable => variable.Oid[variable.Oid.Count - 1] % 20 < 10).Select(static variable => new VarBind(variable.Oid, variable.Value)))));
    }

    [Test]
    public void Roots_that_contain_each_other_are_refused_before_anything_is_sent() =>
        Assert.That(
            () => CollectRequest.Walk("w", "127.0.0.1", Table.Entry, Table.Entry.Append(1)),
            Throws.ArgumentException.With.Message.Contains(Table.Entry.ToString()));

    [Test]
    public async Task A_deadline_ends_one_request_and_leaves_what_it_has()
    {
        var answered = 0;
        var tree = new TreeResponder(Enumerable.Range(1, 1_000).Select(static row => Table.Entry.Append(1, (uint)row)));
        await using var responder = new Responder((responder, request) =>
        {
            if (Interlocked.Increment(ref answered) < 3)
            {
                responder.Reply(request, tree.Answer(request));
            }
        });

        var collected = await CollectAsync(
            Collector(snmp: Responder.Patient),
            [CollectRequest.Walk("w", responder.EndPoint.ToString(), Table.Entry) with { Options = new() { Deadline = TimeSpan.FromMilliseconds(300) } }]);

        Assert.That(collected.Results["w"].Outcome, Is.EqualTo(CollectOutcome.DoneWithErrors));
        Assert.That(collected.Results["w"].Errors.Single().Message, Does.Contain("deadline"));
    }
}
