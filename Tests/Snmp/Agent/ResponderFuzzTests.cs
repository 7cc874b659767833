using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Tests.Hostility;
using Connections.Snmp.Tests.Protocol;

namespace Connections.Snmp.Tests.Agent;

internal sealed class ResponderFuzzTests
{
    private static readonly PduType[] Types = [PduType.Get, PduType.GetNext, PduType.GetBulk, PduType.Set];

    private static readonly int Inputs = Thoroughness.Choose(quick: 50_000, thorough: 5_000_000);

    [TestCase(1)]
    [TestCase(2)]
    public void A_mutated_request_gets_silence_or_a_well_formed_response_within_the_size(int seed)
    {
        var mutator = new OctetMutator(seed);
        var options = new SimulatedDeviceOptions { Name = "r", Data = SyntheticDevice.Create("r", 1), MaxMessageSize = 600, WriteCommunity = new Secret("public") };
        var device = new SimulatedDevice(options, new IPEndPoint(IPAddress.Loopback, 1), TimeProvider.System);
        var responder = new Responder();
        var room = new byte[options.MaxMessageSize];
        byte[][] corpus = [.. Requests(new Random(seed)), .. MessageCorpus.Build()];
        var request = new byte[MessageCorpus.LargestMessage * 2];
        var answered = 0;
        var memory = new MemoryGauge();
        for (var i = 0; i < Inputs; i++)
        {
            var length = mutator.Mutate(corpus[i % corpus.Length], request);
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
        memory.AssertFlat();
    }

    // Of each type in each version, with a few repetitions.
    private static IEnumerable<byte[]> Requests(Random random)
    {
        VarBind[] varBinds =
        [
            new(Oid.Parse(Names.SysName), SnmpValue.OctetString("x")),
            new(Oid.Parse(Names.IfXEntry + ".6.1"), SnmpValue.Counter64(1)),
            new(Oid.Parse("1.3.6.1.2.1.4.20.1.1.10.0.0.1"), SnmpValue.IpAddress(IPAddress.Loopback)),
        ];
        var room = new byte[512];
        for (var i = 0; i < 8 * Types.Length; i++)
        {
            var written = SnmpMessageWriter.TryWrite(
                room, SnmpVersion.V1 + (i % 2), "public"u8, Types[i / 2 % Types.Length], 1, random.Next(3), random.Next(20), varBinds, out var length, out _);
            Assert.That(written, Is.True);
            yield return room[..length];
        }
    }
}
