using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class ResponderFuzzTests
{
    private static readonly PduType[] Types = [PduType.Get, PduType.GetNext, PduType.GetBulk, PduType.Set];

    private static readonly int Inputs = Thoroughness.Choose(quick: 50_000, thorough: 5_000_000);

    [TestCase(1)]
    [TestCase(2)]
    public void A_mutated_request_gets_silence_or_a_well_formed_response_within_the_size(int seed)
    {
        var random = new Random(seed);
        var options = new SimulatedDeviceOptions { Name = "r", Data = SyntheticDevice.Create("r", 1), MaxMessageSize = 600, WriteCommunity = new Secret("public") };
        var device = new SimulatedDevice(options, new IPEndPoint(IPAddress.Loopback, 1), TimeProvider.System);
        var responder = new Responder();
        var room = new byte[options.MaxMessageSize];
        var request = new byte[512];
        var answered = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var length = Mutate(request, Write(request, random), random);
            var response = responder.Respond(device, request.AsSpan(0, length), default, room);
            if (response == 0)
            {
                continue;
            }

            answered++;
            RawResponse.Parse(room.AsSpan(0, response), device.EndPoint);
        }

        Assert.That(answered, Is.InRange(Inputs / 50, Inputs - (Inputs / 50)), "both kinds of answer must have been met");
        Assert.That(device.RequestsSeen + device.Malformed + device.WrongCommunities, Is.EqualTo(Inputs));
        Assert.That(device.InFlight, Is.EqualTo(answered), "whoever sends the answers counts them");
    }

    private static int Write(byte[] request, Random random)
    {
        VarBind[] varBinds =
        [
            new(Oid.Parse(Names.SysName), SnmpValue.OctetString("x")),
            new(Oid.Parse(Names.IfXEntry + ".6.1"), SnmpValue.Counter64(1)),
            new(Oid.Parse("1.3.6.1.2.1.4.20.1.1.10.0.0.1"), SnmpValue.IpAddress(IPAddress.Loopback)),
        ];
        var written = SnmpMessageWriter.TryWrite(
            request, SnmpVersion.V1 + random.Next(2), "public"u8, Types[random.Next(Types.Length)], 1, random.Next(3), random.Next(20), varBinds, out var length, out _);
        Assert.That(written, Is.True);
        return length;
    }

    private static int Mutate(byte[] request, int length, Random random)
    {
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            request[random.Next(length)] = (byte)random.Next(256);
        }

        return random.Next(8) == 0 ? random.Next(length) : length;
    }
}
