using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>The engine and the embedded agent, whose devices do what a real one cannot be made to do.</summary>
public abstract class SecuredAgentFixture
{
    protected static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    protected static readonly Oid SysName = Oid.Parse("1.3.6.1.2.1.1.5.0");
    protected static readonly Oid IfTable = Oid.Parse("1.3.6.1.2.1.2.2");
    protected static readonly SnmpUser User = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128);

    /// <summary>Options that try again soon, and often: what is dropped for good reason costs a test little time.</summary>
    protected static readonly SnmpOptions Persistent = new() { Timeout = TimeSpan.FromMilliseconds(250), Retries = 60, Backoff = 1 };

    private protected SnmpEngine Engine { get; private set; } = null!;

    private protected SnmpAgent Agent { get; private set; } = null!;

    [SetUp]
    public void Start()
    {
        Engine = new SnmpEngine();
        Agent = new SnmpAgent();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await Engine.DisposeAsync();
        await Agent.DisposeAsync();
    }

    private protected static SimulatedDeviceOptions Device(params SimulatedUser[] users) => new()
    {
        Name = "lab-1",
        Data = SyntheticDevice.Create("lab-1", seed: 1, interfaces: 40),
        Users = users,
    };

    private protected SnmpClient Client(SimulatedDevice device, SnmpUser? user = null, SnmpOptions? options = null) =>
        Engine.CreateClient(SnmpdUsers.Target(user ?? User, device.EndPoint, options));

    private protected static Task<VarBind> GetNameAsync(ISnmpClient client) => client.GetAsync(SysName).AsTask().WaitAsync(Limit);

    private protected static Oid[] Expected(SimulatedDevice device, Oid root) =>
        [.. device.Data.Select(static variable => variable.Oid).Where(oid => oid.StartsWith(root))];
}
