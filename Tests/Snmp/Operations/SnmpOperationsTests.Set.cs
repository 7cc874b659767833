using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Operations;

public abstract partial class SnmpOperationsTests
{
    [Test]
    public async Task Set_changes_a_value_and_answers_with_it()
    {
        await using var writer = await OpenWriterAsync();
        var location = SnmpValue.OctetString($"rack {Guid.NewGuid():N}");

        var answer = await writer.SetAsync(SysLocation, location).AsTask().WaitAsync(Bound);

        Assert.That(answer, Is.EqualTo(new VarBind(SysLocation, location)));
        Assert.That(await _client.GetAsync(SysLocation).AsTask().WaitAsync(Bound), Is.EqualTo(answer));
    }

    [Test]
    public async Task Set_of_many_changes_all()
    {
        await using var writer = await OpenWriterAsync();
        VarBind[] wanted =
        [
            new(SysContact, SnmpValue.OctetString($"contact {Guid.NewGuid():N}")),
            new(SysName, SnmpValue.OctetString($"name-{Guid.NewGuid():N}")),
        ];

        var answer = await writer.SetAsync(wanted).AsTask().WaitAsync(Bound);

        Assert.That(answer, Is.EqualTo(wanted));
        Assert.That(await _client.GetAsync([SysContact, SysName]).AsTask().WaitAsync(Bound), Is.EqualTo(wanted));
    }

    [Test]
    public async Task Set_of_several_changes_none_if_one_cannot_be_set()
    {
        await using var writer = await OpenWriterAsync();
        var before = await _client.GetAsync(SysName).AsTask().WaitAsync(Bound);

        Assert.That(
            async () => await writer.SetAsync([new(SysName, SnmpValue.OctetString("half")), new(SysLocation, SnmpValue.Integer32(1))]).AsTask().WaitAsync(Bound),
            Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(IsV1 ? SnmpErrorStatus.BadValue : SnmpErrorStatus.WrongType)
                .And.Property("Index").EqualTo(2).And.Property("Oid").EqualTo(SysLocation));
        Assert.That(await _client.GetAsync(SysName).AsTask().WaitAsync(Bound), Is.EqualTo(before));
    }

    [Test]
    public async Task Set_by_a_community_that_may_only_read_is_refused()
    {
        var before = await _client.GetAsync(SysLocation).AsTask().WaitAsync(Bound);

        Assert.That(
            async () => await _client.SetAsync(SysLocation, SnmpValue.OctetString("elsewhere")).AsTask().WaitAsync(Bound),
            Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(IsV1 ? SnmpErrorStatus.NoSuchName : SnmpErrorStatus.NoAccess));
        Assert.That(await _client.GetAsync(SysLocation).AsTask().WaitAsync(Bound), Is.EqualTo(before));
    }

    [Test]
    public async Task Set_of_what_cannot_be_set_is_refused()
    {
        await using var writer = await OpenWriterAsync();

        Assert.That(
            async () => await writer.SetAsync(SysDescr, SnmpValue.OctetString("another")).AsTask().WaitAsync(Bound),
            Throws.TypeOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(IsV1 ? SnmpErrorStatus.NoSuchName : SnmpErrorStatus.NotWritable));
        Assert.That((await _client.GetAsync(SysDescr).AsTask().WaitAsync(Bound)).Value.ToText(), Is.EqualTo(Description));
    }
}
