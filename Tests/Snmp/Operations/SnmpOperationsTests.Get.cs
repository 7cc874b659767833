using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

public abstract partial class SnmpOperationsTests
{
    [Test]
    public async Task Get_of_one_object_gives_its_value()
    {
        var varBind = await _client.GetAsync(SysDescr).AsTask().WaitAsync(Bound);

        Assert.That(varBind, Is.EqualTo(new VarBind(SysDescr, SnmpValue.OctetString(Description))));
    }

    [Test]
    public async Task Get_takes_the_oid_as_text()
    {
        var varBind = await _client.GetAsync(".1.3.6.1.2.1.1.1.0").AsTask().WaitAsync(Bound);

        Assert.That(varBind.Value.ToText(), Is.EqualTo(Description));
    }

    [Test]
    public async Task Get_of_many_objects_gives_their_values_in_the_order_asked()
    {
        var varBinds = await _client.GetAsync([IfNumber, SysDescr, SysObjectId, SysUpTime, SysDescr]).AsTask().WaitAsync(Bound);

        Assert.That(Shape(varBinds), Is.EqualTo(new[]
        {
            (IfNumber, SnmpType.Integer32),
            (SysDescr, SnmpType.OctetString),
            (SysObjectId, SnmpType.ObjectIdentifier),
            (SysUpTime, SnmpType.TimeTicks),
            (SysDescr, SnmpType.OctetString),
        }));
        Assert.That(varBinds[0].Value.ToInt64(), Is.GreaterThan(0));
        Assert.That(varBinds[4].Value.ToText(), Is.EqualTo(Description));
    }

    [Test]
    public async Task Get_of_fifty_objects_fits_one_request()
    {
        var varBinds = await _client.GetAsync([.. Enumerable.Repeat(SysName, 50)]).AsTask().WaitAsync(Bound);

        Assert.That(varBinds, Has.Count.EqualTo(50));
        Assert.That(varBinds, Is.All.EqualTo(varBinds[0]));
        Assert.That(varBinds[0].Oid, Is.EqualTo(SysName));
    }

    [Test]
    public async Task A_missing_object_is_told_as_the_version_tells_it()
    {
        if (IsV1)
        {
            Assert.That(
                async () => await _client.GetAsync(NoInstance).AsTask().WaitAsync(Bound),
                Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(SnmpErrorStatus.NoSuchName)
                    .And.Property("Index").EqualTo(1).And.Property("Oid").EqualTo(NoInstance));
            return;
        }

        var varBinds = await _client.GetAsync([NoInstance, NoObject]).AsTask().WaitAsync(Bound);
        Assert.That(varBinds, Is.EqualTo(new[] { new VarBind(NoInstance, SnmpValue.NoSuchInstance), new VarBind(NoObject, SnmpValue.NoSuchObject) }));
    }

    [Test]
    public async Task A_missing_object_among_others_does_not_fail_the_others()
    {
        var varBinds = await _client.GetAsync([SysDescr, NoObject, SysDescr]).AsTask().WaitAsync(Bound);
        Assert.That(varBinds.Select(static varBind => varBind.Value), Is.EqualTo(new[]
        {
            SnmpValue.OctetString(Description), IsV1 ? SnmpValue.NoSuchInstance : SnmpValue.NoSuchObject, SnmpValue.OctetString(Description),
        }));
    }

    [Test]
    public async Task Counter64_is_hidden_from_v1()
    {
        var index = (await _client.GetNextAsync(IfIndex).AsTask().WaitAsync(Bound)).Value.ToInt64();
        var octets = IfHcInOctets.Append((uint)index);
        if (IsV1)
        {
            Assert.That(
                async () => await _client.GetAsync(octets).AsTask().WaitAsync(Bound),
                Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(SnmpErrorStatus.NoSuchName));
            return;
        }

        var varBind = await _client.GetAsync(octets).AsTask().WaitAsync(Bound);
        Assert.That(varBind.Value.Type, Is.EqualTo(SnmpType.Counter64));
    }

    [Test]
    public async Task GetNext_gives_the_instance_that_follows()
    {
        var first = await _client.GetNextAsync(System).AsTask().WaitAsync(Bound);
        var second = await _client.GetNextAsync(SysDescr).AsTask().WaitAsync(Bound);
        var afterNone = await _client.GetNextAsync(NoInstance).AsTask().WaitAsync(Bound);

        Assert.That(first, Is.EqualTo(new VarBind(SysDescr, SnmpValue.OctetString(Description))));
        Assert.That(second.Oid, Is.EqualTo(SysObjectId));
        Assert.That(second.Value.Type, Is.EqualTo(SnmpType.ObjectIdentifier));
        Assert.That(afterNone, Is.EqualTo(second));
    }

    [Test]
    public async Task GetNext_of_many_gives_each_ones_successor()
    {
        var varBinds = await _client.GetNextAsync([SysDescr, System, IfIndex]).AsTask().WaitAsync(Bound);

        Assert.That(varBinds.Select(static varBind => varBind.Oid).Take(2), Is.EqualTo(new[] { SysObjectId, SysDescr }));
        Assert.That(varBinds[2].Oid.StartsWith(IfIndex), Is.True);
    }

    [Test]
    public async Task The_end_of_the_view_is_told_as_the_version_tells_it()
    {
        var beyond = Oid.Parse("1.3.7");
        await AssertNothingFollowsAsync(beyond);
        if (IsV1)
        {
            return;
        }

        var bulk = await _client.GetBulkAsync(0, 3, [beyond]).AsTask().WaitAsync(Bound);
        Assert.That(bulk, Is.Not.Empty.And.All.EqualTo(new VarBind(beyond, SnmpValue.EndOfMibView)));
    }

    [Test]
    public async Task GetBulk_gives_what_as_many_GetNexts_give()
    {
        if (IsV1)
        {
            Assert.That(
                async () => await _client.GetBulkAsync(0, 2, [IfIndex]).AsTask().WaitAsync(Bound),
                Throws.TypeOf<SnmpException>().With.Message.Contains("v1").IgnoreCase.And.Message.Contains("GETBULK").IgnoreCase);
            return;
        }

        var indexes = await StepAsync(IfIndex, 3);
        var names = await StepAsync(IfDescr, 3);

        var varBinds = await _client.GetBulkAsync(1, 3, [System, IfIndex, IfDescr]).AsTask().WaitAsync(Bound);

        Assert.That(varBinds, Is.EqualTo(new[]
        {
            new VarBind(SysDescr, SnmpValue.OctetString(Description)),
            indexes[0], names[0],
            indexes[1], names[1],
            indexes[2], names[2],
        }));
    }
}
