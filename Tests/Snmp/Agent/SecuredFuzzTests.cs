using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Hostility;
using Connections.Snmp.Tests.Protocol;
using Connections.Snmp.Tests.Protocol.Usm;
using Connections.Tests;

namespace Connections.Snmp.Tests.Agent;

/// <summary>
/// Mutated messages of SNMPv3 for the agent: whatever the octets, nothing is thrown, each message is counted once, each answer is well formed and within its size, and
/// memory stays flat. The seeds are fixed, so that a failure comes back.
/// </summary>
internal sealed class SecuredFuzzTests : SecuredFixture
{
    private const int Seeds = 4;
    private const int MaxMessageSize = 600;
    private const string IfIndex = Names.IfEntry + ".1.1";

    private static readonly SnmpUser Plain = new("plain");
    private static readonly int InputsPerSeed = Thoroughness.Choose(100_000, 10_000_000) / Seeds;

    private static readonly VarBind[] VarBinds =
    [
        new(Oid.Parse(Names.SysName), SnmpValue.OctetString("x")),
        new(Oid.Parse(Names.IfXEntry + ".6.1"), SnmpValue.Counter64(1)),
        new(Oid.Parse(UnknownUserNames), SnmpValue.Counter32(1)),
    ];

    private readonly byte[] _room = new byte[MaxMessageSize];
    private readonly Responder _responder = new();

    [Test]
    public void Mutated_messages_are_answered_reported_or_dropped_and_counted_once([Range(1, Seeds)] int seed)
    {
        using var target = new Target(seed);
        var mutator = new OctetMutator(seed);
        var request = new byte[2_000];
        byte[][] corpus = [.. target.Requests(Admin), .. target.Requests(Plain), .. MessageCorpus.BuildSecured()];
        Run(target, round => request.AsSpan(0, mutator.Mutate(corpus[round % corpus.Length], request)));

        Assert.That(target.Device.RequestsSeen, Is.GreaterThan(InputsPerSeed / 100), "some mutations of unsigned messages are requests");
        Assert.That(target.Device.Reports, Is.GreaterThan(InputsPerSeed / 10));
        Assert.That(target.Device.Malformed, Is.GreaterThan(InputsPerSeed / 10));
    }

    // What an authentic user may send: the signature is right, and all behind it is hostile.
    [Test]
    public void Mutated_PDUs_under_a_right_signature_are_answered_reported_or_dropped_and_counted_once([Range(11, 10 + Seeds)] int seed)
    {
        using var target = new Target(seed);
        var mutator = new OctetMutator(seed);
        var request = new byte[2_000];
        Run(target, round => target.Forge(round, mutator, request));

        Assert.That(target.Device.RequestsSeen, Is.GreaterThan(InputsPerSeed / 100));
        Assert.That(target.Device.Malformed, Is.GreaterThan(InputsPerSeed / 10));
        Assert.That(target.Device.Security!.CountOf(ReportKind.WrongDigest), Is.Zero);
        Assert.That(target.Device.Security.CountOf(ReportKind.UnknownContext), Is.GreaterThan(0));
    }

    [Test]
    public async Task A_live_agent_goes_on_answering_among_mutated_messages()
    {
        var device = Agent.Add(Template with { Users = [Admin, Plain] });
        using var client = await MeetAsync(device);
        using var hostile = new RawClient(device.EndPoint);
        using var known = new RawClient(device.EndPoint);
        var mutator = new OctetMutator(21);
        var request = new byte[MessageCorpus.LargestMessage * 2];
        byte[][] corpus = [.. MessageCorpus.Build(), .. MessageCorpus.BuildSecured()];
        var memory = new MemoryGauge();

        // No more at once than the agent's socket holds, so that each message arrives.
        for (var round = 0; round < Thoroughness.HostileInputs; round++)
        {
            var original = round % 2 == 0 ? client.Write(PduType.Set, VarBinds) : corpus[round / 2 % corpus.Length];
            hostile.SendOctets(request.AsSpan(0, mutator.Mutate(original, request)));
            if (round % 40 == 0)
            {
                Assert.That((await client.GetAsync(IfIndex)).Value, Is.EqualTo(SnmpValue.Integer32(1)));
                Assert.That((await known.GetAsync(IfIndex)).Value, Is.EqualTo(SnmpValue.Integer32(1)));
            }
        }

        Assert.That(Agent.Completion.IsCompleted, Is.False);
        Assert.That(device.RequestsSeen + device.Malformed + device.WrongCommunities + Refusals(device), Is.GreaterThan(Thoroughness.HostileInputs));
        memory.AssertFlat();
    }

    private delegate ReadOnlySpan<byte> NextRequest(int round);

    private void Run(Target target, NextRequest next)
    {
        var device = target.Device;
        var memory = new MemoryGauge();
        for (var round = 0; round < InputsPerSeed; round++)
        {
            var length = _responder.Respond(device, next(round), default, _room);
            if (length > 0)
            {
                Assert.That(SecuredMessageReader.TryRead(_room.AsSpan(0, length), out var answer), Is.EqualTo(SnmpParseError.None));
                Assert.That(answer.Whole.Length, Is.EqualTo(length));
            }
        }

        Assert.That(device.RequestsSeen + device.Malformed + Refusals(device), Is.EqualTo(InputsPerSeed));
        Assert.That(device.Reports, Is.LessThanOrEqualTo(Refusals(device)));
        memory.AssertFlat();
    }

    private static long Refusals(SimulatedDevice device) => Enum.GetValues<ReportKind>().Sum(kind => device.Security!.CountOf(kind));

    /// <summary>A device without a socket, and users of it.</summary>
    private sealed class Target : IDisposable
    {
        private static readonly PduType[] Types = [PduType.Get, PduType.GetNext, PduType.GetBulk, PduType.Set];
        private readonly StoppedClock _clock = new();
        private readonly UsmKeys _keys;
        private readonly UsmSession _session;
        private readonly int _seed;

        public Target(int seed)
        {
            _seed = seed;
            var contexts = new Dictionary<string, MibData> { ["blue"] = Template.Data };
            var options = Template with { Users = [Admin, Plain], MaxMessageSize = MaxMessageSize, Contexts = contexts };
            Device = new SimulatedDevice(options, new IPEndPoint(IPAddress.Loopback, 1), _clock);
            _keys = new UsmKeys(Admin, Device.EngineId);
            _session = NewSession(Admin with { ContextName = "blue" });
        }

        public SimulatedDevice Device { get; }

        /// <summary>A request of each kind.</summary>
        public IEnumerable<byte[]> Requests(SnmpUser user)
        {
            using var session = NewSession(user);
            var buffer = new byte[1_000];
            foreach (var type in Types)
            {
                var writer = Begin(session, buffer, type);
                Assert.That(session.TryComplete(ref writer, buffer, out var length), Is.True);
                yield return buffer[..length];
            }
        }

        /// <summary>A signed and encrypted message of a PDU that was mutated first.</summary>
        public ReadOnlySpan<byte> Forge(int round, OctetMutator mutator, byte[] buffer)
        {
            var writer = Begin(_session, buffer, Types[round % Types.Length]);
            Assert.That(writer.TryComplete(out var length), Is.True);
            var layout = writer.Layout;
            var plain = buffer.AsSpan(layout.EncryptedOffset, layout.EncryptedLength);
            Span<byte> mutated = stackalloc byte[plain.Length + 64];
            mutator.Mutate(plain.ToArray(), mutated);
            mutated[..plain.Length].CopyTo(plain);
            _keys.Protect(buffer.AsSpan(0, length), layout);
            return buffer.AsSpan(0, length);
        }

        public void Dispose()
        {
            _session.Dispose();
            _keys.Dispose();
            Device.Security!.Dispose();
        }

        private UsmSession NewSession(SnmpUser user)
        {
            var session = new UsmSession(user, new UsmPeer(_clock));
            session.Peer.Rename(Device.EngineId);
            session.Peer.Synchronize(Device.Boots, Device.EngineTime);
            return session;
        }

        private SnmpMessageWriter Begin(UsmSession session, byte[] buffer, PduType type)
        {
            var writer = session.BeginRequest(buffer, 7, UserClient.MaxSize, type, 8, _seed % 3, 10);
            foreach (var varBind in VarBinds)
            {
                Assert.That(writer.TryAdd(varBind.Oid, varBind.Value), Is.True);
            }

            return writer;
        }
    }
}
