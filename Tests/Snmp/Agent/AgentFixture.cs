using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

/// <summary>An agent for each test.</summary>
internal abstract class AgentFixture
{
    protected SnmpAgent Agent { get; private set; } = null!;

    protected StoppedClock Clock { get; private set; } = null!;

    [SetUp]
    public void StartAgent()
    {
        Clock = new StoppedClock();
        Agent = new SnmpAgent(new SnmpAgentOptions { TimeProvider = Clock });
    }

    [TearDown]
    public async Task StopAgentAsync() => await Agent.DisposeAsync();

    protected SimulatedDevice AddRouter(string name = "r1", int interfaces = 2) =>
        Agent.Add(new SimulatedDeviceOptions { Name = name, Data = SyntheticDevice.Create(name, seed: 1, interfaces) });

    protected SimulatedDevice AddRecorded(params string[] lines) =>
        Agent.Add(new SimulatedDeviceOptions { Name = "recorded", Data = Snmprec.Parse(string.Join('\n', lines), "test.snmprec") });

    /// <summary>Waits until the agent's thread has come so far; each request to another device is a turn of it.</summary>
    protected async Task UntilAsync(Func<bool> condition)
    {
        var witness = Agent.Add(new SimulatedDeviceOptions { Name = "witness", Data = SyntheticDevice.Create("witness", 1) });
        using var client = new RawClient(witness.EndPoint);
        for (var turn = 0; !condition(); turn++)
        {
            Assert.That(turn, Is.LessThan(10_000), "the agent never came so far");
            await client.GetAsync(Names.SysName);
        }
    }

    protected static SnmpValue Text(string text) => SnmpValue.OctetString(text);
}
