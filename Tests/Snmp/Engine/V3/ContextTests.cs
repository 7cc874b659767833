using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>Contexts, and agents that answer what is wrong by Reports where others are silent.</summary>
public sealed class ContextTests : SecuredAgentFixture
{
    private static readonly SnmpOptions Impatient = new() { Timeout = TimeSpan.FromMilliseconds(200), Retries = 1 };

    private static SimulatedDeviceOptions WithContext => Device(User) with
    {
        Contexts = new Dictionary<string, MibData> { ["vlan-7"] = SyntheticDevice.Create("lab-1 on vlan 7", seed: 2, interfaces: 3) },
    };

    [Test]
    public async Task A_context_is_asked_by_its_name_and_by_its_engine()
    {
        var device = Agent.Add(WithContext);
        var plain = Client(device);
        var context = Client(device, User with { ContextName = "vlan-7" });
        var named = Client(device, User with { ContextName = "vlan-7", ContextEngineId = device.EngineId });

        var names = await Task.WhenAll(GetNameAsync(plain), GetNameAsync(context), GetNameAsync(named)).WaitAsync(Limit);

        Assert.That(names.Select(static name => name.Value.ToText()), Is.EqualTo(new[] { "lab-1", "lab-1 on vlan 7", "lab-1 on vlan 7" }));
        var walk = await context.BulkWalkAsync("1.3.6.1.2.1.2.2.1.1").ToListAsync().AsTask().WaitAsync(Limit);
        Assert.That(walk, Has.Count.EqualTo(3));
        Assert.That(Engine.Statistics.Discoveries, Is.EqualTo(1), "all of them share what is known of the agent");
    }

    [Test]
    public void An_unknown_context_that_the_agent_reports_fails_at_once()
    {
        var device = Agent.Add(WithContext);

        var error = Assert.ThrowsAsync<SnmpUnknownContextException>(() => GetNameAsync(Client(device, User with { ContextName = "vlan-8" })));

        Assert.That(error!.ContextName, Is.EqualTo("vlan-8"));
        Assert.That(error.Message, Does.Contain("lab-1").And.Contain("'vlan-8'").And.Contain(User.Name));
        Assert.That(Engine.Statistics.Retransmissions, Is.Zero);
    }

    [Test]
    public void An_unknown_context_that_the_agent_is_silent_about_is_named_by_the_timeout()
    {
        var device = Agent.Add(WithContext with { IgnoresUnknownContexts = true });

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(
            () => GetNameAsync(Client(device, User with { ContextName = "vlan-8" }, Impatient)));

        Assert.That(error!.Hint, Does.Contain("'vlan-8'").And.Contain(device.EngineId.ToString()));
    }

    [TestCase("vlan-8", null)]
    [TestCase("", null)]
    [TestCase(null, "8000000001")]
    public async Task An_answer_of_another_context_is_never_taken_and_the_timeout_names_it(string? context, string? contextEngine)
    {
        var engine = contextEngine is null ? (SnmpEngineId?)null : SnmpEngineId.Parse(contextEngine);
        await using var agent = new OtherContextAgent(User with { ContextName = "vlan-7" });
        var client = Engine.CreateClient(agent.Target(Impatient));
        Assert.That((await GetNameAsync(client)).Value, Is.EqualTo(OtherContextAgent.Value));

        agent.AnswerAs(context, engine);
        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => GetNameAsync(client));

        Assert.That(error!.Hint, Does.Contain("another context"));
        Assert.That(Engine.Statistics.Foreign, Is.EqualTo(2), "one for each attempt");
        agent.AnswerAs(null, null);
        await GetNameAsync(client);
    }

    [Test]
    public void A_context_of_an_engine_that_the_agent_does_not_speak_for_is_refused()
    {
        var device = Agent.Add(WithContext);

        var error = Assert.ThrowsAsync<SnmpException>(
            () => GetNameAsync(Client(device, User with { ContextEngineId = SnmpEngineId.Parse("8000000001") })));

        Assert.That(error!.Message, Does.Contain("refused").And.Contain("Report"));
    }
}
