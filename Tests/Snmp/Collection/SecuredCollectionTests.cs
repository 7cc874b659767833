using Connections.Snmp.Agent;
using Connections.Snmp.Collection;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Protocol.Usm;

namespace Connections.Snmp.Tests.Collection;

/// <summary>Devices that speak SNMPv3, collected into blocks.</summary>
public sealed class SecuredCollectionTests : CollectorFixture
{
    private static readonly SyntheticTable Table = new() { Rows = 300, Columns = 6, Sparseness = 0.2 };

    [TestCase(AuthenticationProtocol.None, PrivacyProtocol.None)]
    [TestCase(AuthenticationProtocol.Sha256, PrivacyProtocol.None)]
    [TestCase(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128)]
    public async Task Many_devices_are_collected_whole_and_a_stranger_fails_alone(AuthenticationProtocol authentication, PrivacyProtocol privacy)
    {
        var user = Pairs.User(authentication, privacy);
        var stranger = Pairs.User(authentication, privacy, "stranger");
        var devices = AddDevices(30, Table.ToData(), options => options with { Users = [user] });
        var targets = new CollectTargets(Engine, Quick with { Version = SnmpVersion.V3, User = user })
            .Add("stranger", Quick with { Version = SnmpVersion.V3, User = stranger });
        var shape = new CollectShape(CollectKind.Walk, Columns(Table));
        var requests = devices.Select(device => new CollectRequest(device.Name, device.EndPoint.ToString(), shape)).ToArray();

        var collected = await CollectAsync(
            new SnmpCollector(targets.FindAsync), [.. requests, requests[0] with { Id = "stranger", Credentials = "stranger" }]);

        var truth = VarBindChecksum.Of(Table.ToData().Select(static variable => new VarBind(variable.Oid, variable.Value)));
        Assert.That(devices.Select(device => collected.ChecksumOf(device.Name)), Is.All.EqualTo(truth));
        Assert.That(devices.Select(device => collected.Results[device.Name].Outcome), Is.All.EqualTo(CollectOutcome.Succeeded));
        Assert.That(collected.Results["stranger"].Errors.Single().Kind, Is.EqualTo(CollectErrorKind.Authentication));
    }
}
