using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Snmp.Tests.Hostility;

namespace Connections.Snmp.Tests.Protocol.Usm;

/// <summary>
/// Mutated messages of SNMPv3: whatever the octets, session and authority return, throw nothing, and believe nothing that was signed. The seeds are
/// fixed, so that a failure comes back.
/// </summary>
public sealed class UsmFuzzTests
{
    private static readonly int InputsPerSeed = Thoroughness.Choose(quick: 25_000, thorough: 2_500_000);

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void Mutated_messages_are_judged_and_never_believed(int seed)
    {
        using var dialogue = new Dialogue(Pairs.User(AuthenticationProtocol.Sha1, seed % 2 == 0 ? PrivacyProtocol.Aes128 : PrivacyProtocol.Des));
        dialogue.Settle();
        byte[][] corpus = [dialogue.Request(), dialogue.Answer(dialogue.Request()), dialogue.Request(20), Refusal(dialogue), .. MessageCorpus.BuildSecured()];
        var mutator = new OctetMutator(seed);
        var buffer = new byte[4_000];
        var plain = new byte[buffer.Length];
        var (read, accepted) = (0, 0);
        var memory = new MemoryGauge();

        for (var round = 0; round < InputsPerSeed; round++)
        {
            var original = corpus[round % corpus.Length];
            var length = mutator.Mutate(original, buffer);
            if (SecuredMessageReader.TryRead(buffer.AsSpan(0, length), out var message) != SnmpParseError.None)
            {
                continue;
            }

            read++;
            var isUnchanged = message.Whole.SequenceEqual(original);
            var outcome = dialogue.Session.Process(message, plain, out _);
            var verdict = dialogue.Authority.Process(message, plain, out _, out _, out _);
            accepted += outcome == UsmOutcome.Accepted || (verdict == UsmVerdict.Accepted && message.IsAuthenticated) ? isUnchanged ? 0 : 1 : 0;
            if (dialogue.Session.Peer.EngineId != Dialogue.EngineId)
            {
                dialogue.Session.Peer.Rename(Dialogue.EngineId);
            }
        }

        Assert.That(read, Is.GreaterThan(InputsPerSeed / 10), "most mutations must get past the frame");
        Assert.That(accepted, Is.Zero);
        memory.AssertFlat();
    }

    // Without signature nothing stops a mutation before the PDU.
    [TestCase(11)]
    [TestCase(12)]
    public void Mutated_messages_without_signature_are_read_or_refused(int seed)
    {
        using var dialogue = new Dialogue(Pairs.User(AuthenticationProtocol.None, PrivacyProtocol.None));
        dialogue.Settle();
        byte[][] corpus = [dialogue.Answer(dialogue.Request()), Refusal(dialogue), dialogue.Request(5), .. MessageCorpus.BuildSecured()];
        var mutator = new OctetMutator(seed);
        var buffer = new byte[4_000];
        var outcomes = new HashSet<UsmOutcome>();
        var memory = new MemoryGauge();

        for (var round = 0; round < InputsPerSeed; round++)
        {
            var length = mutator.Mutate(corpus[round % corpus.Length], buffer);
            if (SecuredMessageReader.TryRead(buffer.AsSpan(0, length), out var message) != SnmpParseError.None)
            {
                continue;
            }

            outcomes.Add(dialogue.Session.Process(message, [], out var scoped));
            dialogue.Authority.Process(message, [], out _, out _, out _);
            var reader = new VarBindReader(scoped.Header.VarBinds);
            while (reader.TryRead(out var slice))
            {
                slice.TryToVarBind(out _);
            }

            dialogue.Session.Peer.Rename(Dialogue.EngineId);
        }

        Assert.That(outcomes, Is.SupersetOf(new[]
        {
            UsmOutcome.Accepted, UsmOutcome.ForeignEngine, UsmOutcome.ForeignUser, UsmOutcome.Malformed, UsmOutcome.OtherReport,
        }));
        memory.AssertFlat();
    }

    private static byte[] Refusal(Dialogue dialogue)
    {
        var buffer = new byte[500];
        Assert.That(UsmSession.TryWriteDiscovery(buffer, 1, Dialogue.MaxSize, out var length), Is.True);
        return dialogue.Answer(buffer[..length]);
    }
}
