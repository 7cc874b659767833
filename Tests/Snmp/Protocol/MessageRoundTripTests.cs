using System.Net;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Protocol;

public sealed class MessageRoundTripTests
{
    private static readonly Oid Root = Oid.Parse("1.3.6.1.4.1.999");

    private static readonly SnmpValue[] EveryType =
    [
        SnmpValue.Null,
        SnmpValue.Integer32(0), SnmpValue.Integer32(-1), SnmpValue.Integer32(int.MinValue), SnmpValue.Integer32(int.MaxValue),
        SnmpValue.OctetString(""), SnmpValue.OctetString("text"), SnmpValue.OctetString(new byte[127]), SnmpValue.OctetString(new byte[5000]),
        SnmpValue.ObjectIdentifier(Oid.Parse("0.0")), SnmpValue.ObjectIdentifier(Oid.Parse("2.4294967295.4294967295")),
        SnmpValue.ObjectIdentifier(Root.Append(new uint[100])),
        SnmpValue.IpAddress(IPAddress.Parse("255.0.128.1")),
        SnmpValue.Counter32(0), SnmpValue.Counter32(uint.MaxValue), SnmpValue.Counter32(1u << 31),
        SnmpValue.Gauge32(uint.MaxValue), SnmpValue.TimeTicks(uint.MaxValue), SnmpValue.TimeTicks(127),
        SnmpValue.Counter64(0), SnmpValue.Counter64(ulong.MaxValue), SnmpValue.Counter64(1ul << 63), SnmpValue.Counter64(long.MaxValue),
        SnmpValue.Opaque([0x02, 0x01, 0x05]), SnmpValue.OpaqueFloat(-0.5f), SnmpValue.OpaqueDouble(1e-300),
        SnmpValue.NoSuchObject, SnmpValue.NoSuchInstance, SnmpValue.EndOfMibView,
    ];

    [Test]
    public void Every_type_comes_back_in_every_pdu(
        [Values(PduType.Get, PduType.GetNext, PduType.Response, PduType.Set, PduType.GetBulk, PduType.Inform, PduType.TrapV2, PduType.Report)]
        PduType type)
    {
        var varBinds = EveryType.Select((value, index) => new VarBind(Root.Append((uint)index), value)).ToArray();
        var buffer = new byte[10_000];

        Assert.That(
            SnmpMessageWriter.TryWrite(buffer, SnmpVersion.V2c, "secret"u8, type, -7, 5, 300, varBinds, out var length, out var requestIdOffset),
            Is.True);
        Assert.That(SnmpMessageReader.TryRead(buffer.AsSpan(0, length), out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.Version, Is.EqualTo(SnmpVersion.V2c));
        Assert.That(header.Community.ToArray(), Is.EqualTo("secret"u8.ToArray()));
        Assert.That(header.PduType, Is.EqualTo(type));
        Assert.That(header.RequestId, Is.EqualTo(-7));
        Assert.That(header.ErrorStatusOrNonRepeaters, Is.EqualTo(5));
        Assert.That(header.ErrorStatus, Is.EqualTo(SnmpErrorStatus.GenErr));
        Assert.That(header.ErrorIndexOrMaxRepetitions, Is.EqualTo(300));
        Assert.That(Messages.VarBinds(header), Is.EqualTo(varBinds));
        Assert.That(buffer.AsSpan(requestIdOffset, 4).ToArray(), Is.EqualTo(new byte[] { 0xFF, 0xFF, 0xFF, 0xF9 }));
    }

    [Test]
    public void A_patched_request_id_is_the_one_that_is_read([Values(0, 1, 5, 60)] int oids)
    {
        // The header moves as the lengths before the request-id grow.
        var buffer = new byte[4000];
        var names = Enumerable.Range(0, oids).Select(index => Root.Append((uint)index)).ToArray();

        Assert.That(
            SnmpMessageWriter.TryWrite(buffer, SnmpVersion.V1, "c"u8, PduType.Get, 1, 0, 0, names, out var length, out var offset),
            Is.True);
        "\x12\x34\x56\x78"u8.CopyTo(buffer.AsSpan(offset));
        Assert.That(SnmpMessageReader.TryRead(buffer.AsSpan(0, length), out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.RequestId, Is.EqualTo(0x12345678));
        Assert.That(Messages.VarBinds(header).Select(varBind => varBind.Oid), Is.EqualTo(names));
    }

    [Test]
    public void A_walk_goes_on_from_the_octets_of_a_reply()
    {
        var reply = new byte[1000];
        var request = new byte[1000];
        VarBind[] page = [new(Root.Append(1), SnmpValue.Counter64(7)), new(Root.Append(2), SnmpValue.OctetString("last"))];
        _ = SnmpMessageWriter.TryWrite(reply, SnmpVersion.V2c, "c"u8, PduType.Response, 9, 0, 0, page, out var length, out _);
        _ = SnmpMessageReader.TryRead(reply.AsSpan(0, length), out var header);
        var reader = new VarBindReader(header.VarBinds);
        var last = default(VarBindSlice);
        while (reader.TryRead(out var slice))
        {
            last = slice;
        }

        var writer = new SnmpMessageWriter(request, SnmpVersion.V2c, "c"u8, PduType.GetBulk, 10, 0, 25);
        Assert.That(writer.TryAdd(last.Name), Is.True);
        Assert.That(writer.TryComplete(out length), Is.True);
        Assert.That(SnmpMessageReader.TryRead(request.AsSpan(0, length), out header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.ErrorIndexOrMaxRepetitions, Is.EqualTo(25));
        Assert.That(Messages.VarBinds(header), Is.EqualTo(new[] { new VarBind(Root.Append(2), SnmpValue.Null) }));
    }

    [Test]
    public void A_varbind_is_copied_from_one_message_to_another_octet_for_octet()
    {
        var first = new byte[1000];
        var second = new byte[1000];
        var varBinds = EveryType.Where(value => value.Type != SnmpType.OctetString).Select(value => new VarBind(Root, value)).ToArray();
        _ = SnmpMessageWriter.TryWrite(first, SnmpVersion.V2c, "c"u8, PduType.Set, 9, 0, 0, varBinds, out var length, out _);
        _ = SnmpMessageReader.TryRead(first.AsSpan(0, length), out var header);

        var reader = new VarBindReader(header.VarBinds);
        var writer = new SnmpMessageWriter(second, SnmpVersion.V2c, "c"u8, PduType.Set, 9);
        while (reader.TryRead(out var slice))
        {
            Assert.That(writer.TryAdd(slice), Is.True);
        }

        Assert.That(writer.TryComplete(out var copied), Is.True);
        Assert.That(second.AsSpan(0, copied).SequenceEqual(first.AsSpan(0, length)), Is.True);
    }

    [Test]
    public void A_trap_of_version_1_comes_back_whatever_its_fields_hold()
    {
        var buffer = new byte[1000];
        var trap = new TrapV1Fields(Root.Append(new uint[60]), 0xFFFFFFFE, 6, int.MaxValue, uint.MaxValue);
        var writer = new SnmpMessageWriter(buffer, ""u8, trap);
        for (var index = 0u; index < 10; index++)
        {
            Assert.That(writer.TryAdd(Root.Append(index), SnmpValue.Gauge32(index)), Is.True);
        }

        Assert.That(writer.TryComplete(out var length), Is.True);
        Assert.That(SnmpMessageReader.TryRead(buffer.AsSpan(0, length), out var header), Is.EqualTo(SnmpParseError.None));
        Assert.That(header.Trap, Is.EqualTo(trap));
        Assert.That(header.Community.Length, Is.Zero);
        Assert.That(Messages.VarBinds(header), Has.Count.EqualTo(10));
    }
}
