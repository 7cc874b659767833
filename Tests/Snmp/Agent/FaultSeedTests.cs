using System.Net;
using System.Text;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Agent;

/// <summary>The same seed and requests give the same faults, octet by octet.</summary>
internal sealed class FaultSeedTests
{
    private static readonly DeviceFaults Everything = new()
    {
        ReplyLoss = 0.2,
        Garbage = 0.2,
        WrongRequestId = 0.2,
        TooBig = 0.2,
        Truncation = 0.2,
        ShortPages = 0.5,
    };

    [Test]
    public void A_seed_repeats_and_another_differs()
    {
        var first = Answers(Everything, seed: 5);

        Assert.That(Answers(Everything, seed: 5), Is.EqualTo(first));
        Assert.That(Answers(Everything, seed: 6), Is.Not.EqualTo(first));
    }

    [Test]
    public void One_kind_of_fault_does_not_move_another()
    {
        var alone = Answers(new DeviceFaults { ReplyLoss = 0.3 }, seed: 5).Select(answer => answer.Length == 0).ToList();
        var among = Answers(Everything with { ReplyLoss = 0.3 }, seed: 5).Select(answer => answer.Length == 0).ToList();

        Assert.That(among, Is.EqualTo(alone));
        Assert.That(alone.Count(isLost => isLost), Is.InRange(30, 90), "of 200, with a probability of 0.3");
    }

    private static List<string> Answers(DeviceFaults faults, int seed)
    {
        var options = new SimulatedDeviceOptions { Name = "r", Data = SyntheticDevice.Create("r", 1), Faults = faults, Seed = seed };
        var device = new SimulatedDevice(options, new IPEndPoint(IPAddress.Loopback, 1), new StoppedClock());
        var responder = new Responder();
        var room = new byte[options.MaxMessageSize];
        var request = new byte[512];
        var answers = new List<string>();
        for (var id = 1; id <= 200; id++)
        {
            Assert.That(SnmpMessageWriter.TryWrite(
                request, SnmpVersion.V2c, "public"u8, PduType.GetBulk, id, 0, 20, [Oid.Parse(Names.IfEntry)], out var length, out _));
            answers.Add(Encoding.Latin1.GetString(room, 0, responder.Respond(device, request.AsSpan(0, length), default, room)));
        }

        return answers;
    }
}
