using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

/// <summary>A message never outgrows its buffer, and uses all of it.</summary>
public sealed class MessageLimitTests
{
    private static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.999");

    [Test]
    public void A_message_fits_a_buffer_of_exactly_its_length([Values(0, 1, 4, 5, 9, 30)] int count)
    {
        var varBinds = Enumerable.Range(0, count).Select(index => new VarBind(Root.Append((uint)index), SnmpValue.Integer32(1))).ToArray();
        Assert.That(TryWrite(new byte[4000], varBinds, out var length), Is.True);
        Assert.That(TryWrite(new byte[length], varBinds, out var same), Is.True);
        Assert.That(same, Is.EqualTo(length));

        for (var tooShort = 0; tooShort < length; tooShort++)
        {
            Assert.That(TryWrite(new byte[tooShort], varBinds, out var none), Is.False);
            Assert.That(none, Is.Zero);
        }
    }

    [Test]
    public void A_response_takes_varbinds_until_the_next_one_would_not_fit([Range(60, 420)] int size)
    {
        var buffer = new byte[size];
        var writer = new SnmpMessageWriter(buffer, SnmpVersion.V2c, "public"u8, PduType.Response, 77);
        var expected = new List<VarBind>();
        var varBind = new VarBind(Root.Append(1), SnmpValue.OctetString("value"));
        while (writer.TryAdd(varBind.Oid, varBind.Value))
        {
            expected.Add(varBind);
        }

        Assert.That(writer.TryAdd(varBind.Oid, varBind.Value), Is.False);
        Assert.That(writer.TryComplete(out var length), Is.True);
        Assert.That(SnmpMessageReader.TryRead(buffer.AsSpan(0, length), out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.RequestId, Is.EqualTo(77));
        Assert.That(Messages.VarBinds(header), Is.EqualTo(expected));
        Assert.That(TryWrite(buffer, [.. expected, varBind], out _), Is.False, "one more would have fitted");
    }

    [Test]
    public void A_smaller_varbind_may_follow_one_that_did_not_fit()
    {
        var buffer = new byte[80];
        var writer = new SnmpMessageWriter(buffer, SnmpVersion.V2c, "public"u8, PduType.Response, 77);

        Assert.That(writer.TryAdd(Root, SnmpValue.OctetString(new byte[200])), Is.False);
        Assert.That(writer.TryAdd(Root, SnmpValue.OctetString(new byte[2])), Is.True);
        Assert.That(writer.TryComplete(out var length), Is.True);
        Assert.That(SnmpMessageReader.TryRead(buffer.AsSpan(0, length), out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(Messages.VarBinds(header), Is.EqualTo(new[] { new VarBind(Root, SnmpValue.OctetString(new byte[2])) }));
    }

    [Test]
    public void A_header_that_does_not_fit_is_not_forgotten_when_a_varbind_is_refused()
    {
        var writer = new SnmpMessageWriter(new byte[20], SnmpVersion.V2c, "public"u8, PduType.Response, 77);

        Assert.That(writer.TryAdd(Root), Is.False);
        Assert.That(writer.TryAdd(Root, SnmpValue.Integer32(1)), Is.False);
        Assert.That(writer.TryComplete(out var length), Is.False);
        Assert.That(length, Is.Zero);
    }

    private static bool TryWrite(byte[] buffer, ReadOnlySpan<VarBind> varBinds, out int length) =>
        SnmpMessageWriter.TryWrite(buffer, SnmpVersion.V2c, "public"u8, PduType.Response, 77, 0, 0, varBinds, out length, out _);
}
