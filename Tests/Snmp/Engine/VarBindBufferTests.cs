using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

public sealed class VarBindBufferTests
{
    private static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.32473.7");

    [Test]
    public void What_was_added_is_there_in_order([Values(0, 1, 63, 64, 65, 1_000)] int count)
    {
        var buffer = Filled(count);

        Assert.That(buffer, Is.EqualTo(Enumerable.Range(0, count).Select(VarBindAt)));
        Assert.That(Enumerable.Range(0, count).Select(index => buffer[index]), Is.EqualTo(Enumerable.Range(0, count).Select(VarBindAt)));
        Assert.That(() => buffer[count], Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void What_is_dropped_makes_room_for_other_varbinds([Values(0, 1, 63, 64, 65, 200)] int kept)
    {
        var buffer = Filled(200);

        buffer.Truncate(kept);
        for (var i = kept; i < 300; i++)
        {
            buffer.Add(VarBindAt(i));
        }

        Assert.That(buffer, Is.EqualTo(Enumerable.Range(0, 300).Select(VarBindAt)));
    }

    [Test]
    public void A_buffer_that_was_given_back_is_empty_and_disturbs_no_other()
    {
        var released = Filled(500);
        released.Release();
        var other = Filled(500);
        released.Release();

        Assert.That(released, Is.Empty);
        Assert.That(() => released[0], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(other, Is.EqualTo(Enumerable.Range(0, 500).Select(VarBindAt)));
    }

    [Test]
    public async Task A_burst_that_a_caller_fetched_himself_stays_his()
    {
        await using var engine = new SnmpEngine();
        await using var responder = TableResponder.Start(rows: 100);
        var client = engine.CreateClient(responder.Target());
        var burst = await client.CollectAsync(new WalkRequest { Root = TableResponder.Root, MaxReplies = 100 }).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        for (var i = 0; i < 3; i++)
        {
            await client.BulkWalkAsync(TableResponder.Root).ToListAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        }

        Assert.That(burst.VarBinds.Select(static varBind => varBind.Oid), Is.EqualTo(TableResponder.Rows(100)));
    }

    private static VarBindBuffer Filled(int count)
    {
        var buffer = new VarBindBuffer();
        for (var i = 0; i < count; i++)
        {
            buffer.Add(VarBindAt(i));
        }

        return buffer;
    }

    private static VarBind VarBindAt(int index) => new(Root.Append((uint)index), SnmpValue.Integer32(index));
}
