using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class ReadTests : AgentFixture
{
    [Test]
    public async Task Get_answers_every_name_in_order()
    {
        using var client = new RawClient(AddRouter("r1").EndPoint);

        var response = await client.GetAsync(Names.SysName, Names.IfEntry + ".2.2", Names.SysName);

        Assert.That(response.Status, Is.EqualTo(SnmpErrorStatus.NoError));
        Assert.That(response.VarBinds.Select(varBind => varBind.Value), Is.EqualTo(new[] { Text("r1"), Text("Ethernet2"), Text("r1") }));
    }

    [Test]
    public async Task Get_of_no_name_is_answered_with_none()
    {
        using var client = new RawClient(AddRouter().EndPoint);

        var response = await client.GetAsync();

        Assert.That((response.Status, response.VarBinds.Count), Is.EqualTo((SnmpErrorStatus.NoError, 0)));
    }

    [TestCase(Names.SysDescr + ".0", SnmpType.NoSuchInstance)]
    [TestCase(Names.System + ".1.1", SnmpType.NoSuchInstance)]
    [TestCase(Names.System + ".1", SnmpType.NoSuchInstance)]
    [TestCase(Names.IfEntry + ".2.99", SnmpType.NoSuchInstance)]
    [TestCase("1.3.6.1.2.1.4.20.1.1.9.9.9.9", SnmpType.NoSuchInstance)]
    [TestCase(Names.IfEntry, SnmpType.NoSuchObject)]
    [TestCase(Names.System + ".99.0", SnmpType.NoSuchObject)]
    [TestCase("1.3.6.1.9.9.9", SnmpType.NoSuchObject)]
    [TestCase("0.0", SnmpType.NoSuchObject)]
    public async Task Get_tells_a_missing_instance_from_a_missing_object(string name, SnmpType expected)
    {
        using var client = new RawClient(AddRouter().EndPoint);

        Assert.That((await client.GetAsync(name)).Value.Type, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_missing_name_is_an_error_with_its_index_for_v1()
    {
        using var client = new RawClient(AddRouter().EndPoint) { Version = SnmpVersion.V1 };

        var response = await client.GetAsync(Names.SysName, Names.System + ".99.0");

        Assert.That((response.Status, response.Index), Is.EqualTo((SnmpErrorStatus.NoSuchName, 2)));
        Assert.That(response.VarBinds.Select(varBind => varBind.Value), Is.All.EqualTo(SnmpValue.Null));
        Assert.That(response.Names, Is.EqualTo(new[] { Names.SysName, Names.System + ".99.0" }));
    }

    [Test]
    public async Task Counter64_does_not_exist_for_v1()
    {
        var device = AddRecorded("1.3.1|70|5", "1.3.2|70|6", "1.3.3|2|7", "1.3.4|70|8");
        using var v1 = new RawClient(device.EndPoint) { Version = SnmpVersion.V1 };
        using var v2 = new RawClient(device.EndPoint);

        Assert.That((await v2.GetAsync("1.3.1")).Value, Is.EqualTo(SnmpValue.Counter64(5)));
        Assert.That((await v1.GetAsync("1.3.1")).Status, Is.EqualTo(SnmpErrorStatus.NoSuchName));
        Assert.That((await v1.GetNextAsync("1.3.0")).Names, Is.EqualTo(new[] { "1.3.3" }));
        Assert.That((await v1.GetNextAsync("1.3.3")).Status, Is.EqualTo(SnmpErrorStatus.NoSuchName));
    }

    [Test]
    public async Task GetNext_goes_through_every_variable_once_and_in_order()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);
        var walked = new List<VarBind>();

        for (var name = "0.0"; ; name = walked[^1].Oid.ToString())
        {
            var response = await client.GetNextAsync(name);
            if (response.Value.Type == SnmpType.EndOfMibView)
            {
                break;
            }

            walked.Add(response.VarBinds.Single());
        }

        Assert.That(walked, Is.EqualTo(Expected.Values(device)));
    }

    [Test]
    public async Task GetNext_past_the_end_is_endOfMibView_under_the_name_that_was_asked()
    {
        using var client = new RawClient(AddRecorded("1.3.1|2|1").EndPoint);

        var response = await client.GetNextAsync("1.3.1", "1.3.0");

        Assert.That(response.Status, Is.EqualTo(SnmpErrorStatus.NoError));
        Assert.That(response.VarBinds[0], Is.EqualTo(new VarBind(Oid.Parse("1.3.1"), SnmpValue.EndOfMibView)));
        Assert.That(response.VarBinds[1], Is.EqualTo(new VarBind(Oid.Parse("1.3.1"), SnmpValue.Integer32(1))));
    }

    [Test]
    public async Task GetNext_past_the_end_is_an_error_with_its_index_for_v1()
    {
        using var client = new RawClient(AddRecorded("1.3.1|2|1").EndPoint) { Version = SnmpVersion.V1 };

        var response = await client.GetNextAsync("1.3.0", "1.3.1");

        Assert.That((response.Status, response.Index), Is.EqualTo((SnmpErrorStatus.NoSuchName, 2)));
    }

    [Test]
    public async Task A_response_that_would_be_too_large_is_tooBig()
    {
        var device = Agent.Add(new SimulatedDeviceOptions
        {
            Name = "large",
            Data = new MibData([.. Enumerable.Range(1, 3).Select(i => new MibVariable(new Oid(1, 3, (uint)i), Text(new string('x', 200))))]),
            MaxMessageSize = SimulatedDeviceOptions.LeastMessageSize,
        });
        using var v1 = new RawClient(device.EndPoint) { Version = SnmpVersion.V1 };
        using var v2 = new RawClient(device.EndPoint);

        Assert.That((await v2.GetAsync("1.3.1", "1.3.2")).VarBinds, Has.Count.EqualTo(2));

        var toV2 = await v2.GetAsync("1.3.1", "1.3.2", "1.3.3");
        Assert.That((toV2.Status, toV2.Index, toV2.VarBinds.Count), Is.EqualTo((SnmpErrorStatus.TooBig, 0, 0)));

        var toV1 = await v1.GetNextAsync("1.3.0", "1.3.1", "1.3.2");
        Assert.That((toV1.Status, toV1.Index), Is.EqualTo((SnmpErrorStatus.TooBig, 0)));
        Assert.That(toV1.Names, Is.EqualTo(new[] { "1.3.0", "1.3.1", "1.3.2" }));
    }

    [Test]
    public async Task Computed_values_go_on_with_the_clock()
    {
        var device = AddRouter();
        using var client = new RawClient(device.EndPoint);
        var before = await client.GetAsync(Names.SysUpTime, Names.IfXEntry + ".6.1");

        Clock.Advance(TimeSpan.FromMinutes(1));
        var after = await client.GetAsync(Names.SysUpTime, Names.IfXEntry + ".6.1");

        Assert.That(after.VarBinds[0].Value.ToUInt64() - before.VarBinds[0].Value.ToUInt64(), Is.EqualTo(6_000));
        Assert.That(after.VarBinds[1].Value.ToUInt64(), Is.GreaterThan(before.VarBinds[1].Value.ToUInt64()));
    }
}
