using Connections.Snmp.Agent;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Agent;

/// <summary>An agent with devices that speak SNMPv3.</summary>
internal abstract class SecuredFixture : AgentFixture
{
    protected const string Engine = "1.3.6.1.6.3.10.2.1";
    protected const string UsmStats = "1.3.6.1.6.3.15.1.1";
    protected const string UnsupportedLevels = UsmStats + ".1.0";
    protected const string NotInTimeWindows = UsmStats + ".2.0";
    protected const string UnknownUserNames = UsmStats + ".3.0";
    protected const string UnknownEngineIds = UsmStats + ".4.0";
    protected const string WrongDigests = UsmStats + ".5.0";
    protected const string DecryptionErrors = UsmStats + ".6.0";
    protected const string UnknownPduHandlers = "1.3.6.1.6.3.11.2.1.3.0";
    protected const string UnknownContexts = "1.3.6.1.6.3.12.1.5.0";

    protected static SnmpUser Admin { get; } = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "admin");

    protected static SimulatedDeviceOptions Template { get; } = new()
    {
        Name = "r1",
        Data = SyntheticDevice.Create("r1", seed: 1, interfaces: 2),
        Users = [Admin],
    };

    protected SimulatedDevice AddSecured(params SimulatedUser[] users) => Agent.Add(Template with { Users = users });

    /// <summary>A manager that knows the device's engine and its time, if <paramref name="user"/> is one of the device.</summary>
    protected async Task<UserClient> MeetAsync(SimulatedDevice device, SnmpUser? user = null)
    {
        var client = new UserClient(user ?? Admin, device.EndPoint, Clock);
        Assert.That((await client.DiscoverAsync()).Outcome, Is.EqualTo(UsmOutcome.EngineDiscovered));
        return client;
    }
}
