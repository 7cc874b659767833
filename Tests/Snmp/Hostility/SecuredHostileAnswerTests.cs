using Connections.Snmp.Agent;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Hostility;

/// <summary>A live engine under mutated messages of SNMPv3 that are signed: each call gets exactly what the agent has, or a typed error.</summary>
public sealed class SecuredHostileAnswerTests
{
    private static readonly SyntheticTable Table = new() { Rows = 200, Columns = 8, Seed = 3 };
    private static readonly MibData Data = Table.ToData();
    private static readonly SnmpOptions Options = new() { Version = SnmpVersion.V3, Timeout = TimeSpan.FromMilliseconds(30), Retries = 10, Backoff = 1.3 };

    [TestCase(1, PrivacyProtocol.None)]
    [TestCase(2, PrivacyProtocol.None)]
    [TestCase(3, PrivacyProtocol.Aes128)]
    [TestCase(4, PrivacyProtocol.Des)]
    public async Task Mutated_messages_bring_the_right_value_or_a_typed_error(int seed, PrivacyProtocol privacy)
    {
        var user = Pairs.User(AuthenticationProtocol.Sha1, privacy);
        await using var agent = new SnmpAgent();
        var device = agent.Add(new SimulatedDeviceOptions { Name = "signed", Data = Data, Users = [user] });
        await using var relay = new MutatingRelay(device.EndPoint, seed);
        await using var engine = new SnmpEngine();
        var client = engine.CreateClient(new SnmpTarget(relay.EndPoint, Options with { User = user }));

        await new Barrage(() => relay.Mutations, (loop, round) => GetAsync(client, loop + (round * 7)))
            .AssertUnharmedAsync(engine, leastRight: 0.6, settle: static () => { });

        Assert.That(engine.Statistics.Foreign + engine.Statistics.Unparsable, Is.GreaterThan(Barrage.Mutations / 4));
        Assert.That(agent.Completion.IsCompleted, Is.False, "the agent must have withstood mutated requests");
    }

    private static async Task<bool> GetAsync(SnmpClient client, uint number)
    {
        var expected = Data[(int)(number % (uint)Data.Count)];
        try
        {
            var got = await client.GetAsync(expected.Oid);
            Assert.That(got, Is.EqualTo(new VarBind(expected.Oid, expected.Value)));
            return true;
        }
        catch (Exception error) when (error is SnmpException or SnmpTimeoutException)
        {
            return false;
        }
    }
}
