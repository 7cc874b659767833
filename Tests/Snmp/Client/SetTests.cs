using System.Net;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Engine;

namespace Connections.Snmp.Tests.Client;

/// <summary>SET by plain values and by texts of a given type.</summary>
public sealed class SetTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private SnmpEngine _engine = null!;
    private Responder _echo = null!;
    private SnmpClient _client = null!;

    [SetUp]
    public void Start()
    {
        _engine = new SnmpEngine();
        _echo = new((responder, request) => responder.Reply(request, request.Response([.. request.VarBinds])));
        _client = _engine.CreateClient(_echo.Target());
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _engine.DisposeAsync();
        await _echo.DisposeAsync();
    }

    private async Task<SnmpValue> SetAsync(SnmpValue value) =>
        (await _client.SetAsync(Responder.Instance, value).AsTask().WaitAsync(Limit)).Value;

    [Test]
    public async Task A_plain_value_decides_the_type()
    {
        Assert.That(await SetAsync(-7), Is.EqualTo(SnmpValue.Integer32(-7)));
        Assert.That(await SetAsync(7u), Is.EqualTo(SnmpValue.Gauge32(7)));
        Assert.That(await SetAsync(ulong.MaxValue), Is.EqualTo(SnmpValue.Counter64(ulong.MaxValue)));
        Assert.That(await SetAsync("Zürich"), Is.EqualTo(SnmpValue.OctetString("Zürich")));
        Assert.That(await SetAsync(new byte[] { 0, 255 }), Is.EqualTo(SnmpValue.OctetString([0, 255])));
        Assert.That(await SetAsync(Responder.Instance), Is.EqualTo(SnmpValue.ObjectIdentifier(Responder.Instance)));
        Assert.That(await SetAsync(IPAddress.Parse("192.0.2.1")), Is.EqualTo(SnmpValue.IpAddress(IPAddress.Parse("192.0.2.1"))));
        Assert.That(await SetAsync(TimeSpan.FromSeconds(1.239)), Is.EqualTo(SnmpValue.TimeTicks(123)));
    }

    [Test]
    public async Task Octets_that_were_set_do_not_change_with_the_callers_array()
    {
        byte[] octets = [1, 2];
        SnmpValue value = octets;
        octets[0] = 9;

        Assert.That(await SetAsync(value), Is.EqualTo(SnmpValue.OctetString([1, 2])));
    }

    [Test]
    public void A_plain_value_that_its_type_cannot_hold_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = (SnmpValue)TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = (SnmpValue)TimeSpan.FromSeconds(42_949_672.96));
        Assert.Throws<ArgumentException>(() => _ = (SnmpValue)IPAddress.IPv6Loopback);
        Assert.Throws<ArgumentNullException>(() => _ = (SnmpValue)(string)null!);
        Assert.Throws<ArgumentNullException>(() => _ = (SnmpValue)(byte[])null!);
    }

    [Test]
    public async Task A_text_is_set_as_the_type_given()
    {
        var set = await _client.SetAsync(Responder.Instance.ToString(), SnmpType.Counter64, "18446744073709551615").AsTask().WaitAsync(Limit);

        Assert.That(set, Is.EqualTo(new VarBind(Responder.Instance, SnmpValue.Counter64(ulong.MaxValue))));
    }

    [Test]
    public void A_text_that_is_no_value_of_its_type_is_refused_before_anything_is_sent()
    {
        Assert.That(
            async () => await _client.SetAsync(Responder.Instance, SnmpType.Counter32, "-1").AsTask().WaitAsync(Limit),
            Throws.TypeOf<SnmpParseException>());

        Assert.That(_engine.Statistics.Requests, Is.Zero);
    }

    [Test]
    public async Task Plain_values_stand_in_a_set_of_several_too()
    {
        var other = Responder.Instance.Parent.Append(1);

        var set = await _client.SetAsync([new VarBind(Responder.Instance, 1), new VarBind(other, "one")]).AsTask().WaitAsync(Limit);

        Assert.That(set, Is.EqualTo(new VarBind[]
        {
            new(Responder.Instance, SnmpValue.Integer32(1)), new(other, SnmpValue.OctetString("one")),
        }));
    }
}
