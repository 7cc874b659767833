using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

public sealed class UsmAllocationTests
{
    private const int Rounds = 200;

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Users))]
    public void An_exchange_allocates_nothing(SnmpUser user)
    {
        using var dialogue = new Dialogue(user);
        dialogue.Settle();
        var answer = dialogue.Answer(dialogue.Request());
        var buffer = new byte[1500];
        var plain = new byte[1500];
        var succeeded = Exchange(dialogue.Session, buffer, plain, answer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++)
        {
            succeeded &= Exchange(dialogue.Session, buffer, plain, answer);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(succeeded, Is.True);
        Assert.That(allocated, Is.Zero);
    }

    private static bool Exchange(UsmSession session, byte[] buffer, byte[] plain, byte[] answer)
    {
        var writer = session.BeginRequest(buffer, 1, buffer.Length, PduType.Get, 1);
        return writer.TryAdd(Dialogue.Name)
            && session.TryComplete(ref writer, buffer, out _)
            && SecuredMessageReader.TryRead(answer, out var message) == SnmpParseError.None
            && session.Process(message, plain, out var scoped) == UsmOutcome.Accepted
            && new VarBindReader(scoped.Header.VarBinds).TryRead(out _);
    }
}
