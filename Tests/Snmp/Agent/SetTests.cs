using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class SetTests : AgentFixture
{
    [Test]
    public async Task A_set_answers_what_was_set_and_a_get_reads_it()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint) { Community = "private" };

        var response = await client.SetAsync((Names.SysName, Text("renamed")), (Names.SysContact, Text("someone")));

        Assert.That(response.Status, Is.EqualTo(SnmpErrorStatus.NoError));
        Assert.That(response.VarBinds.Select(varBind => varBind.Value), Is.EqualTo(new[] { Text("renamed"), Text("someone") }));
        Assert.That((await client.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("renamed")));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysContact)), Is.EqualTo(Text("someone")));
    }

    [Test]
    public async Task One_bad_varbind_changes_nothing_at_all()
    {
        var device = AddRouter();
        var before = Expected.Values(device);
        using var client = new RawClient(device.EndPoint) { Community = "private" };

        var response = await client.SetAsync((Names.SysName, Text("renamed")), (Names.SysUpTime, SnmpValue.TimeTicks(1)), (Names.SysContact, Text("x")));

        Assert.That((response.Status, response.Index), Is.EqualTo((SnmpErrorStatus.NotWritable, 2)));
        Assert.That(response.VarBinds[0].Value, Is.EqualTo(Text("renamed")), "an error returns the varbinds as they were sent");
        Assert.That(Expected.Values(device), Is.EqualTo(before));
    }

    private static readonly object[][] Refusals =
    [
        ["public", Names.SysName, Text("x"), SnmpErrorStatus.NoAccess, SnmpErrorStatus.NoSuchName],
        ["private", Names.SysDescr, Text("x"), SnmpErrorStatus.NotWritable, SnmpErrorStatus.NoSuchName],
        ["private", "1.3.6.1.9.9.9.0", Text("x"), SnmpErrorStatus.NotWritable, SnmpErrorStatus.NoSuchName],
        ["private", Names.IfEntry + ".7.99", SnmpValue.Integer32(1), SnmpErrorStatus.NoCreation, SnmpErrorStatus.NoSuchName],
        ["private", Names.SysName, SnmpValue.Integer32(4), SnmpErrorStatus.WrongType, SnmpErrorStatus.BadValue],
        ["private", Names.SysName, Text(new string('a', 256)), SnmpErrorStatus.WrongLength, SnmpErrorStatus.BadValue],
        ["private", Names.IfEntry + ".7.1", SnmpValue.Integer32(4), SnmpErrorStatus.WrongValue, SnmpErrorStatus.BadValue],
    ];

    [TestCaseSource(nameof(Refusals))]
    public async Task A_refused_set_has_the_status_of_its_version(
        string community, string name, SnmpValue value, SnmpErrorStatus inV2, SnmpErrorStatus inV1)
    {
        var device = AddRouter();
        using var v1 = new RawClient(device.EndPoint) { Community = community, Version = SnmpVersion.V1 };
        using var v2 = new RawClient(device.EndPoint) { Community = community };

        var toV1 = await v1.SetAsync((name, value));
        var toV2 = await v2.SetAsync((name, value));

        Assert.That((toV1.Status, toV1.Index), Is.EqualTo((inV1, 1)));
        Assert.That((toV2.Status, toV2.Index), Is.EqualTo((inV2, 1)));
    }

    [Test]
    public async Task A_check_of_ones_own_refuses_a_value_with_its_status_and_nothing_changes()
    {
        var even = new MibVariable(Oid.Parse("1.3.6.1.4.1.1.0"), SnmpValue.Integer32(2))
        {
            IsWritable = true,
            Check = value => value.ToInt64() % 2 == 0 ? SnmpErrorStatus.NoError : SnmpErrorStatus.InconsistentValue,
        };
        var device = Agent.Add(new SimulatedDeviceOptions { Name = "even", Data = new MibData([even, even with { Oid = Oid.Parse("1.3.6.1.4.1.2.0") }]) });
        using var v1 = new RawClient(device.EndPoint) { Community = "private", Version = SnmpVersion.V1 };
        using var v2 = new RawClient(device.EndPoint) { Community = "private" };
        (string, SnmpValue)[] changes = [("1.3.6.1.4.1.1.0", SnmpValue.Integer32(4)), ("1.3.6.1.4.1.2.0", SnmpValue.Integer32(5))];

        var toV1 = await v1.SetAsync(changes);
        var toV2 = await v2.SetAsync(changes);

        Assert.That((toV1.Status, toV1.Index), Is.EqualTo((SnmpErrorStatus.BadValue, 2)));
        Assert.That((toV2.Status, toV2.Index), Is.EqualTo((SnmpErrorStatus.InconsistentValue, 2)));
        Assert.That(Expected.Values(device).Select(varBind => varBind.Value), Is.All.EqualTo(SnmpValue.Integer32(2)));
    }

    [Test]
    public async Task Two_values_for_one_variable_are_inconsistent_and_the_same_value_twice_is_not()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint) { Community = "private" };

        var different = await client.SetAsync((Names.SysName, Text("a")), (Names.SysName, Text("b")));
        var same = await client.SetAsync((Names.SysName, Text("c")), (Names.SysName, Text("c")));

        Assert.That((different.Status, different.Index), Is.EqualTo((SnmpErrorStatus.InconsistentValue, 2)));
        Assert.That(same.Status, Is.EqualTo(SnmpErrorStatus.NoError));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysName)), Is.EqualTo(Text("c")));
    }

    [Test]
    public async Task A_device_without_a_write_community_is_silent_to_one()
    {
        var device = Agent.Add(new SimulatedDeviceOptions { Name = "r", Data = SyntheticDevice.Create("r", 1), WriteCommunity = null });
        using var writer = new RawClient(device.EndPoint) { Community = "private" };
        using var reader = new RawClient(device.EndPoint);

        writer.Send(PduType.Set, [new VarBind(Oid.Parse(Names.SysName), Text("x"))]);

        Assert.That((await reader.GetAsync(Names.SysName)).Value, Is.EqualTo(Text("r")));
        Assert.That(device.WrongCommunities, Is.EqualTo(1));
    }

    [Test]
    public async Task A_set_on_one_device_leaves_another_that_shares_its_data_alone()
    {
        var data = SyntheticDevice.Create("shared", 1);
        var first = Agent.Add(new SimulatedDeviceOptions { Name = "a", Data = data });
        var second = Agent.Add(new SimulatedDeviceOptions { Name = "b", Data = data });
        using var client = new RawClient(first.EndPoint) { Community = "private" };

        await client.SetAsync((Names.SysName, Text("first")));

        Assert.That(Expected.Value(first, Oid.Parse(Names.SysName)), Is.EqualTo(Text("first")));
        Assert.That(Expected.Value(second, Oid.Parse(Names.SysName)), Is.EqualTo(Text("shared")));
    }

    [Test]
    public async Task A_value_written_from_inside_the_process_replaces_even_a_computed_one()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);

        device.Write(Oid.Parse(Names.SysUpTime), SnmpValue.TimeTicks(5));

        Assert.That((await client.GetAsync(Names.SysUpTime)).Value, Is.EqualTo(SnmpValue.TimeTicks(5)));
        Assert.That(() => device.Write(Oid.Parse("1.3.99"), SnmpValue.Null), Throws.ArgumentException.With.Message.Contains("1.3.99"));
    }

    [TestCase(SnmpVersion.V2c, SnmpErrorStatus.CommitFailed)]
    [TestCase(SnmpVersion.V1, SnmpErrorStatus.GenErr)]
    public async Task A_set_that_fails_while_it_is_done_names_a_varbind_and_changes_nothing(SnmpVersion version, SnmpErrorStatus expected)
    {
        var device = AddRouter();
        device.Faults = new DeviceFaults { CommitFailure = 1 };
        using var client = new RawClient(device.EndPoint) { Community = "private", Version = version };
        var indexes = new HashSet<int>();

        for (var i = 0; i < 20; i++)
        {
            var answer = await client.SetAsync((Names.SysName, Text("a")), (Names.SysContact, Text("b")));
            Assert.That((answer.Status, answer.VarBinds.Count), Is.EqualTo((expected, 2)));
            indexes.Add(answer.Index);
        }

        Assert.That(indexes, Is.EquivalentTo(new[] { 1, 2 }));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysName)), Is.EqualTo(Text("r1")));
        Assert.That(device.CountOf(FaultKind.CommitFailure), Is.EqualTo(20));
    }

    [TestCase(SnmpVersion.V2c, SnmpErrorStatus.UndoFailed)]
    [TestCase(SnmpVersion.V1, SnmpErrorStatus.GenErr)]
    public async Task A_set_that_cannot_be_undone_leaves_what_came_before_the_failure(SnmpVersion version, SnmpErrorStatus expected)
    {
        var device = AddRouter();
        device.Faults = new DeviceFaults { UndoFailure = 1 };
        using var client = new RawClient(device.EndPoint) { Community = "private", Version = version };
        var changed = new HashSet<bool>();

        for (var i = 0; i < 20; i++)
        {
            device.Write(Oid.Parse(Names.SysName), Text("before"));
            var answer = await client.SetAsync((Names.SysName, Text("after")), (Names.SysContact, Text("after")));
            Assert.That((answer.Status, answer.Index), Is.EqualTo((expected, 0)));
            changed.Add(Expected.Value(device, Oid.Parse(Names.SysName)) == Text("after"));
        }

        Assert.That(changed, Is.EquivalentTo(new[] { true, false }));
        Assert.That(Expected.Value(device, Oid.Parse(Names.SysContact)), Is.Not.EqualTo(Text("after")), "the last one can never come before a failure");
    }

    [Test]
    public async Task A_set_that_is_refused_anyway_does_not_fail_in_the_doing()
    {
        var device = AddRouter();
        device.Faults = new DeviceFaults { CommitFailure = 1, UndoFailure = 1 };
        using var client = new RawClient(device.EndPoint) { Community = "private" };

        Assert.That((await client.SetAsync((Names.SysDescr, Text("a")))).Status, Is.EqualTo(SnmpErrorStatus.NotWritable));
        Assert.That((device.CountOf(FaultKind.CommitFailure), device.CountOf(FaultKind.UndoFailure)), Is.EqualTo((0, 0)));
    }
}
