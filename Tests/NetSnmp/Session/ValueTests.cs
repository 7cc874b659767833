using System.Net;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;

namespace Connections.NetSnmp.Tests.Session;

/// <summary>Values of every type, through the library and through the managed engine: what arrives is the same.</summary>
internal sealed class ValueTests : AgentFixture
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.32473.7");

    private static readonly SnmpValue[] Values =
    [
        SnmpValue.Integer32(int.MinValue), SnmpValue.Integer32(-1), SnmpValue.Integer32(0), SnmpValue.Integer32(int.MaxValue),
        SnmpValue.Counter32(0), SnmpValue.Counter32(1U << 31), SnmpValue.Counter32(uint.MaxValue),
        SnmpValue.Gauge32(0), SnmpValue.Gauge32(1U << 31), SnmpValue.Gauge32(uint.MaxValue),
        SnmpValue.TimeTicks(0), SnmpValue.TimeTicks(uint.MaxValue),
        SnmpValue.Counter64(0), SnmpValue.Counter64(uint.MaxValue), SnmpValue.Counter64(1UL << 32), SnmpValue.Counter64(1UL << 63), SnmpValue.Counter64(ulong.MaxValue),
        SnmpValue.OctetString(""), SnmpValue.OctetString("text"), SnmpValue.OctetString([0, 0xFF, 0x80]), SnmpValue.OctetString(new byte[40]),
        SnmpValue.OctetString(new byte[41]), SnmpValue.OctetString(new byte[1200]),
        SnmpValue.ObjectIdentifier(Oid.Parse("0.0")), SnmpValue.ObjectIdentifier(Oid.Parse("1.3")), SnmpValue.ObjectIdentifier(Oid.Parse("2.999.4294967295")),
        SnmpValue.ObjectIdentifier(new Oid([1, 3, .. Enumerable.Repeat(4_294_967_295U, 126)])),
        SnmpValue.IpAddress(IPAddress.Parse("0.0.0.0")), SnmpValue.IpAddress(IPAddress.Parse("255.254.253.252")),
        SnmpValue.OpaqueFloat(1.5f), SnmpValue.OpaqueFloat(-0f), SnmpValue.OpaqueFloat(float.NegativeInfinity), SnmpValue.OpaqueFloat(float.Epsilon),
        SnmpValue.OpaqueDouble(2.25), SnmpValue.OpaqueDouble(double.MaxValue), SnmpValue.OpaqueDouble(double.Epsilon),
        SnmpValue.Opaque([0x9F, 0x76, 1, 7]), SnmpValue.Opaque([0x9F, 0x7A, 2, 0xFF, 0x01]), SnmpValue.Opaque([0x9F, 0x7B, 5, 0, 0xFF, 0xFF, 0xFF, 0xFF]),
        SnmpValue.Opaque([0x04, 2, 0x61, 0x62]), SnmpValue.Opaque([0x02, 1, 5]),
    ];

    [Test]
    public async Task Every_value_is_equal_to_what_the_managed_engine_reads([Values(SnmpVersion.V1, SnmpVersion.V2c)] SnmpVersion version)
    {
        var device = AddValues(Values);
        await using var engine = new SnmpEngine();
        var target = Target(device, version, "public");
        var managed = engine.CreateClient(target);
        using var client = new SessionClient(target);
        var names = device.Data.Where(variable => version != SnmpVersion.V1 || variable.Value.Type != SnmpType.Counter64).Select(static variable => variable.Oid).ToArray();

        var got = new List<VarBind>();
        foreach (var name in names)
        {
            got.Add(await client.GetAsync(name).AsTask().WaitAsync(Bound));
        }

        Assert.That(got, Is.EqualTo(await managed.GetAsync(names).AsTask().WaitAsync(Bound)));
        Assert.That(await client.GetAsync(names).AsTask().WaitAsync(Bound), Is.EqualTo(got));
        Assert.That(await client.WalkAsync(Root).ToListAsync().AsTask().WaitAsync(Bound), Is.EqualTo(got));
        Assert.That(await client.BulkWalkAsync(Root).ToListAsync().AsTask().WaitAsync(Bound), Is.EqualTo(got));
    }

    [TestCaseSource(nameof(Values))]
    public async Task A_value_that_is_set_arrives_as_it_is(SnmpValue value)
    {
        var former = Array.Find(Values, other => other.Type == value.Type && other != value);
        var device = AddValues(former);
        var name = device.Data[0].Oid;
        using var client = new SessionClient(Target(device, SnmpVersion.V2c, "private"));

        var answer = await client.SetAsync(name, value).AsTask().WaitAsync(Bound);

        Assert.That(answer, Is.EqualTo(new VarBind(name, value)));
        Assert.That(Expected.Value(device, name), Is.EqualTo(value));
    }

    [Test]
    public async Task A_value_that_no_agent_answered_is_an_exception_of_its_own()
    {
        var device = AddValues(SnmpValue.Integer32(1));
        using var client = new SessionClient(Target(device, SnmpVersion.V2c, "public"));
        var instance = device.Data[0].Oid;

        Assert.That(await client.GetAsync([Oid.Parse("1.3.9.1.0"), instance.Append(5)]).AsTask().WaitAsync(Bound), Is.All.Matches<VarBind>(static varBind => varBind.Value.IsException));
        Assert.That((await client.GetNextAsync(instance).AsTask().WaitAsync(Bound)).Value, Is.EqualTo(SnmpValue.EndOfMibView));
    }

    [Test]
    public async Task Names_from_the_shortest_to_the_longest_arrive([Values(2, 3, 127, 128)] int arcs)
    {
        var name = new Oid([1, 3, .. Enumerable.Repeat(4_000_000_000U, arcs - 2)]);
        var device = Agent.Add(new SimulatedDeviceOptions { Name = "names", Data = new MibData([new MibVariable(name, SnmpValue.Integer32(arcs))]) });
        using var client = new SessionClient(Target(device, SnmpVersion.V2c, "public"));

        Assert.That(await client.GetAsync(name).AsTask().WaitAsync(Bound), Is.EqualTo(new VarBind(name, SnmpValue.Integer32(arcs))));
    }

    private SimulatedDevice AddValues(params SnmpValue[] values) => Agent.Add(new SimulatedDeviceOptions
    {
        Name = "values",
        Data = new MibData([.. values.Select(static (value, index) => new MibVariable(Root.Append((uint)index + 1, 0), value) { IsWritable = true })]),
        MaxMessageSize = SimulatedDeviceOptions.MostMessageSize,
    });

    private static SnmpTarget Target(SimulatedDevice device, SnmpVersion version, string community) =>
        new(device.EndPoint, new SnmpOptions { Version = version, Community = new Secret(community), Timeout = Bound }, "values", "snmp");
}
