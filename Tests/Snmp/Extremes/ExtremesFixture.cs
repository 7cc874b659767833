using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;

namespace Connections.Snmp.Tests.Extremes;

/// <summary>An engine beside each test's agent, and what any value must go through.</summary>
internal abstract class ExtremesFixture : AgentFixture
{
    protected static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly SnmpOptions Patient = new() { Timeout = Bound };

    protected SnmpEngine Engine { get; private set; } = null!;

    [SetUp]
    public void StartEngine() => Engine = new SnmpEngine();

    [TearDown]
    public async Task StopEngineAsync() => await Engine.DisposeAsync();

    protected SimulatedDevice Add(params MibVariable[] variables) => Agent.Add(new SimulatedDeviceOptions
    {
        Name = "extreme",
        Data = new MibData(variables),
        MaxMessageSize = SimulatedDeviceOptions.MostMessageSize,
    });

    protected SnmpClient Client(SimulatedDevice device, SnmpVersion version = SnmpVersion.V2c, string community = "public") =>
        Engine.CreateClient(new SnmpTarget(device.EndPoint, Patient with { Version = version, Community = new Secret(community) }));

    /// <summary>
    /// Gets, walks and sets the value in every version that has its type, and lets the Net-SNMP tools read it, which must print it as expected.
    /// </summary>
    /// <param name="name">The instance; its last arc is positive.</param>
    /// <param name="value">The value.</param>
    /// <param name="former">Another value of its type, which is overwritten.</param>
    /// <param name="printed">What snmpget prints.</param>
    protected async Task AssertArrivesAsync(Oid name, SnmpValue value, SnmpValue former, string printed)
    {
        var sibling = name.Parent.Append(name[name.Count - 1] - 1);
        foreach (var version in value.Type == SnmpType.Counter64 ? [SnmpVersion.V2c] : new[] { SnmpVersion.V1, SnmpVersion.V2c })
        {
            var device = Add(new MibVariable(name, value), new MibVariable(sibling, former) { IsWritable = true });
            await AssertIsReadAsync(Client(device, version), new VarBind(name, value), new VarBind(sibling, former));

            Assert.That(await Client(device, version, "private").SetAsync(sibling, value).AsTask().WaitAsync(Bound), Is.EqualTo(new VarBind(sibling, value)));
            Assert.That(Expected.Value(device, sibling), Is.EqualTo(value));
            await AssertIsPrintedAsync(device, version, name, printed);
        }
    }

    private static async Task AssertIsReadAsync(SnmpClient client, VarBind expected, VarBind before)
    {
        Assert.That(await client.GetAsync(expected.Oid).AsTask().WaitAsync(Bound), Is.EqualTo(expected));
        Assert.That(await client.GetNextAsync(before.Oid).AsTask().WaitAsync(Bound), Is.EqualTo(expected));
        Assert.That(
            await client.BulkWalkAsync(expected.Oid.Parent).ToListAsync().AsTask().WaitAsync(Bound),
            Is.EqualTo(new[] { before, expected }));
    }

    private static async Task AssertIsPrintedAsync(SimulatedDevice device, SnmpVersion version, Oid name, string printed)
    {
        var (exitCode, lines, errors) = await NetSnmpTool.RunAsync("snmpget", version == SnmpVersion.V1 ? "1" : "2c", "public", device.EndPoint, $".{name}");
        Assert.That((exitCode, errors), Is.EqualTo((0, "")));
        Assert.That(lines, Is.EqualTo(new[] { $".{name} = {printed}" }));
    }
}
