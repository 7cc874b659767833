using System.Text;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

/// <summary>A manager's session and an engine of our own, which exchange octets.</summary>
internal sealed class Dialogue : IDisposable
{
    public const int MaxSize = 65_507;

    public static readonly Oid Name = Oid.Parse("1.3.6.1.2.1.1.5.0");
    public static readonly SnmpEngineId EngineId = SnmpEngineId.Create(8072, "engine"u8);

    private readonly byte[] _plain = new byte[MaxSize];
    private int _lastMessageId;

    public Dialogue(SnmpUser user, SnmpUser? known = null)
    {
        Authority = new UsmAuthority(EngineId, boots: 5, [known ?? user], Time);
        Session = new UsmSession(user, new UsmPeer(Time));
    }

    public FakeTime Time { get; } = new();

    public UsmAuthority Authority { get; }

    public UsmSession Session { get; }

    public void Dispose()
    {
        Session.Dispose();
        Authority.Dispose();
    }

    /// <summary>Asks for the engine's name.</summary>
    public UsmOutcome Discover()
    {
        var request = new byte[500];
        Assert.That(UsmSession.TryWriteDiscovery(request, ++_lastMessageId, MaxSize, out var length), Is.True);
        return Take(Answer(request[..length]));
    }

    /// <summary>One request and what the session makes of the answer.</summary>
    public UsmOutcome Ask() => Take(Answer(Request()));

    /// <summary>Requests until one is answered, as an engine would send it again.</summary>
    public void Settle()
    {
        var outcome = Discover();
        for (var attempt = 0; attempt < 3 && outcome.Action() == UsmAction.SendAgain; attempt++)
        {
            outcome = Ask();
        }

        Assert.That(outcome, Is.EqualTo(UsmOutcome.Accepted));
    }

    public byte[] Request(int varBinds = 1, PduType type = PduType.Get)
    {
        var buffer = new byte[MaxSize];
        var writer = Session.BeginRequest(buffer, ++_lastMessageId, MaxSize, type, 77);
        for (var index = 0; index < varBinds; index++)
        {
            Assert.That(writer.TryAdd(Name), Is.True);
        }

        Assert.That(Session.TryComplete(ref writer, buffer, out var length), Is.True);
        return buffer[..length];
    }

    /// <summary>What the authority answers: a response with a value, a Report, or nothing.</summary>
    /// <param name="request">What the session wrote.</param>
    /// <param name="context">The context that the response speaks of, if that is another than the request's.</param>
    /// <param name="contextEngine">The engine of that context.</param>
    public byte[] Answer(byte[] request, string? context = null, SnmpEngineId? contextEngine = null)
    {
        Assert.That(SecuredMessageReader.TryRead(request, out var message), Is.EqualTo(SnmpParseError.None));
        var buffer = new byte[MaxSize];
        var length = 0;
        switch (Authority.Process(message, _plain, out var scoped, out _, out var report))
        {
            case UsmVerdict.Accepted:
                scoped.ContextName = context is null ? scoped.ContextName : Encoding.UTF8.GetBytes(context);
                scoped.ContextEngineId = contextEngine is { } engine ? engine.Octets : scoped.ContextEngineId;
                var writer = Authority.BeginResponse(buffer, message, scoped);
                Assert.That(writer.TryAdd(Name, SnmpValue.OctetString("a name")), Is.True);
                Assert.That(Authority.TryCompleteResponse(ref writer, buffer, message, out length), Is.True);
                break;
            case UsmVerdict.Report:
                Assert.That(Authority.TryWriteReport(buffer, message, scoped.Header.RequestId, report, out length), Is.True);
                break;
        }

        return buffer[..length];
    }

    public UsmOutcome Take(byte[] answer, bool isOutdated = false)
    {
        Assert.That(SecuredMessageReader.TryRead(answer, out var message), Is.EqualTo(SnmpParseError.None));
        return Session.Process(message, _plain, out _, isOutdated);
    }

    public VarBind[] VarBindsOf(byte[] answer)
    {
        Assert.That(SecuredMessageReader.TryRead(answer, out var message), Is.EqualTo(SnmpParseError.None));
        Assert.That(Session.Process(message, _plain, out var scoped), Is.EqualTo(UsmOutcome.Accepted));
        return [.. Messages.VarBinds(scoped.Header)];
    }
}
