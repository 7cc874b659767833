using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Agent;

namespace Connections.Snmp.Tests.Extremes;

/// <summary>Messages as large as UDP carries, and as small as SNMP allows.</summary>
internal sealed class MessageSizeTests : ExtremesFixture
{
    private const int Largest = SimulatedDeviceOptions.MostMessageSize;

    private static readonly Oid Name = Oid.Parse("1.3.6.1.4.1.32473.5.3.1");

    // What stands around a value of more than 255 octets in a response to "public".
    private static readonly int Envelope = LengthOf(1_000) - 1_000;

    [Test]
    public async Task A_response_of_65507_octets_arrives_and_the_next_larger_one_is_tooBig()
    {
        var largest = Filled(Largest - Envelope);
        var device = Add(new MibVariable(Name, largest), new MibVariable(Name.Append(1), Filled(Largest - Envelope)));

        Assert.That(LengthOf(largest.Bytes.Length), Is.EqualTo(Largest));
        Assert.That((await Client(device).GetAsync(Name).AsTask().WaitAsync(Bound)).Value, Is.EqualTo(largest));
        Assert.That(
            async () => await Client(device).GetAsync(Name.Append(1)).AsTask().WaitAsync(Bound),
            Throws.InstanceOf<SnmpErrorStatusException>().With.Property("Status").EqualTo(SnmpErrorStatus.TooBig));
    }

    [Test]
    public async Task A_SET_of_65507_octets_arrives()
    {
        var device = Add(new MibVariable(Name, SnmpValue.OctetString("former")) { IsWritable = true });
        var value = Filled(Largest - Envelope - ("private".Length - "public".Length));

        var set = await Client(device, community: "private").SetAsync(Name, value).AsTask().WaitAsync(Bound);

        Assert.That(set.Value, Is.EqualTo(value));
        Assert.That(Expected.Value(device, Name), Is.EqualTo(value));
    }

    [Test]
    public void A_SET_of_one_octet_more_is_refused_before_it_is_sent()
    {
        var device = Add(new MibVariable(Name, SnmpValue.OctetString("former")) { IsWritable = true });
        var value = Filled(Largest - Envelope);

        Assert.That(
            async () => await Client(device, community: "private").SetAsync(Name, value).AsTask().WaitAsync(Bound),
            Throws.InstanceOf<SnmpException>().With.Message.Contains("does not fit a datagram"));
        Assert.That(device.RequestsSeen, Is.Zero);
    }

    [Test]
    public async Task Snmpget_reads_what_64_KB_hold()
    {
        var largest = Filled(Largest - Envelope);
        var device = Add(new MibVariable(Name, largest));

        var (exitCode, lines, errors) = await NetSnmpTool.RunAsync("snmpget", "2c", "public", device.EndPoint, $".{Name}");

        Assert.That((exitCode, errors), Is.EqualTo((0, "")));
        Assert.That(Operations.NetSnmpOutput.Parse(lines[0]), Is.EqualTo(new VarBind(Name, largest)));
    }

    [Test]
    public async Task A_walk_in_pages_of_64_KB_is_whole()
    {
        var table = new SyntheticTable { Rows = 5_000, Columns = 8 };
        var device = Add([.. table.Variables()]);
        var client = Engine.CreateClient(new SnmpTarget(device.EndPoint, new SnmpOptions { Timeout = Bound, MaxReplySize = Largest }));

        var walked = default(VarBindChecksum);
        await foreach (var varBind in client.BulkWalkAsync(table.Entry))
        {
            walked = walked.With(varBind);
        }

        Assert.That(walked, Is.EqualTo(device.ChecksumUnder(table.Entry)));
        Assert.That(Engine.Statistics.BytesReceived / (double)Engine.Statistics.Responses, Is.GreaterThan(20_000), "replies must have grown");
    }

    [Test]
    public async Task A_request_without_varbinds_is_answered_without_any([Values(PduType.Get, PduType.GetNext, PduType.GetBulk, PduType.Set)] PduType type)
    {
        using var manager = new RawClient(AddRouter().EndPoint) { Community = "private" };

        manager.Send(type, []);

        var response = await manager.ReceiveAsync();
        Assert.That((response.Status, response.VarBinds.Count), Is.EqualTo((SnmpErrorStatus.NoError, 0)));
    }

    private static SnmpValue Filled(int octets)
    {
        var random = new byte[octets];
        new Random(1).NextBytes(random);
        return SnmpValue.OctetString(random);
    }

    private static int LengthOf(int octets)
    {
        Assert.That(
            SnmpMessageWriter.TryWrite(
                new byte[Largest + 100], SnmpVersion.V2c, "public"u8, PduType.Response, int.MaxValue, 0, 0, [new VarBind(Name, Filled(octets))], out var length, out _),
            Is.True);
        return length;
    }
}
