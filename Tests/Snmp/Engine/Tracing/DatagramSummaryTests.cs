using Connections.Snmp.Engine.Tracing;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine.Tracing;

public sealed class DatagramSummaryTests
{
    private static byte[] Message(SnmpVersion version, PduType type, int first, int second, params VarBind[] varBinds)
    {
        var buffer = new byte[65_507];
        Assert.That(
            SnmpMessageWriter.TryWrite(buffer, version, "secret"u8, type, 7, first, second, varBinds, out var length, out _), Is.True);
        return buffer[..length];
    }

    private static readonly Oid Name = Oid.Parse("1.3.6.1.2.1.1.5.0");

    [Test]
    public void A_request_names_what_it_asks() =>
        Assert.That(
            DatagramSummary.Of(Message(SnmpVersion.V2c, PduType.GetBulk, 1, 25, new VarBind(Name, SnmpValue.Null))),
            Is.EqualTo($"v2c community **** GetBulk 7 non-repeaters 1 max-repetitions 25: {Name}"));

    [Test]
    public void An_error_names_its_place() =>
        Assert.That(
            DatagramSummary.Of(Message(SnmpVersion.V1, PduType.Response, (int)SnmpErrorStatus.NoSuchName, 2, new VarBind(Name, SnmpValue.Null))),
            Is.EqualTo($"v1 community **** Response 7 error NoSuchName at 2: {Name}"));

    [Test]
    public void Values_stay_on_one_line_and_are_cut() =>
        Assert.That(
            DatagramSummary.Of(Message(SnmpVersion.V2c, PduType.Response, 0, 0, new VarBind(Name, "a\r\nb\tc" + new string('x', 100)))),
            Is.EqualTo($"v2c community **** Response 7: {Name} = a b c{new string('x', 59)}…"));

    [Test]
    public void Of_many_varbinds_the_first_are_shown()
    {
        var varBinds = Enumerable.Range(1, 20).Select(static row => new VarBind(Name.Append((uint)row), row)).ToArray();

        var summary = DatagramSummary.Of(Message(SnmpVersion.V2c, PduType.Response, 0, 0, varBinds));

        Assert.That(summary, Does.Contain($"{Name}.8 = 8").And.Not.Contains($"{Name}.9").And.EndsWith(" and 12 more"));
    }

    [Test]
    public void Whatever_comes_is_one_line()
    {
        var random = new Random(1);
        var message = Message(SnmpVersion.V2c, PduType.Response, 0, 0, new VarBind(Name, "a name"), new VarBind(Name, 7ul));
        for (var round = 0; round < Thoroughness.HostileInputs; round++)
        {
            var mutated = message.AsSpan(0, random.Next(message.Length + 1)).ToArray();
            for (var flips = random.Next(4); flips > 0 && mutated.Length > 0; flips--)
            {
                mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
            }

            Assert.That(DatagramSummary.Of(mutated), Is.Not.Empty.And.Not.Contains("\n"));
        }
    }
}
