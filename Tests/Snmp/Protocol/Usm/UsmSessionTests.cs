using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Protocol.Usm;

public sealed class UsmSessionTests
{
    private static readonly SnmpUser User = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128);

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Users))]
    public void Every_pair_of_protocols_discovers_and_asks(SnmpUser user)
    {
        using var dialogue = new Dialogue(user);
        dialogue.Time.Advance(TimeSpan.FromSeconds(1000));

        Assert.That(dialogue.Session.NeedsDiscovery, Is.True);
        Assert.That(dialogue.Discover(), Is.EqualTo(UsmOutcome.EngineDiscovered));
        Assert.That(dialogue.Session.Peer.EngineId, Is.EqualTo(Dialogue.EngineId));
        for (var varBinds = 0; varBinds < 20; varBinds++)
        {
            Assert.That(
                dialogue.VarBindsOf(dialogue.Answer(dialogue.Request(varBinds))),
                Is.EqualTo(new[] { new VarBind(Dialogue.Name, SnmpValue.OctetString("a name")) }));
        }
    }

    [TestCaseSource(typeof(Pairs), nameof(Pairs.Users))]
    public void Large_messages_survive_every_pair_of_protocols(SnmpUser user)
    {
        using var dialogue = new Dialogue(user);
        dialogue.Settle();
        var plain = new byte[Dialogue.MaxSize];

        foreach (var varBinds in new[] { 1, 3, 7, 8, 200, 3_000 })
        {
            var request = dialogue.Request(varBinds, PduType.Set);
            Assert.That(SecuredMessageReader.TryRead(request, out var message), Is.EqualTo(SnmpParseError.None));
            Assert.That(dialogue.Authority.Process(message, plain, out var scoped, out var sender, out _), Is.EqualTo(UsmVerdict.Accepted));
            Assert.That(Messages.VarBinds(scoped.Header), Has.Count.EqualTo(varBinds));
            Assert.That(scoped.Header.PduType, Is.EqualTo(PduType.Set));
            Assert.That(sender, Is.EqualTo(user));
        }
    }

    [Test]
    public void A_buffer_is_filled_to_the_last_octet_and_not_beyond([Values(PrivacyProtocol.Des, PrivacyProtocol.Aes128, PrivacyProtocol.None)] PrivacyProtocol privacy)
    {
        using var dialogue = new Dialogue(Pairs.User(AuthenticationProtocol.Sha512, privacy));
        dialogue.Settle();
        for (var size = 150; size < 700; size++)
        {
            var buffer = new byte[size];
            var writer = dialogue.Session.BeginRequest(buffer, 1000, Dialogue.MaxSize, PduType.Get, 1);
            var count = 0;
            while (writer.TryAdd(Dialogue.Name))
            {
                count++;
            }

            if (dialogue.Session.TryComplete(ref writer, buffer, out var length))
            {
                Assert.That(SecuredMessageReader.TryRead(buffer.AsSpan(0, length), out var message), Is.EqualTo(SnmpParseError.None));
                var plain = new byte[size];
                Assert.That(dialogue.Authority.Process(message, plain, out var scoped, out _, out _), Is.EqualTo(UsmVerdict.Accepted));
                Assert.That(Messages.VarBinds(scoped.Header), Has.Count.EqualTo(count));
            }
            else
            {
                Assert.That(count, Is.Zero, "what was added must fit");
            }
        }
    }

    [Test]
    public void Each_refusal_has_its_outcome()
    {
        Assert.That(Refusal(User with { AuthenticationKey = UsmKey.Password("not maplesyrup") }), Is.EqualTo(UsmOutcome.WrongDigest));
        Assert.That(
            Refusal(User, Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "merry")), Is.EqualTo(UsmOutcome.UnknownUserName));
        Assert.That(Refusal(User, Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.None)), Is.EqualTo(UsmOutcome.UnsupportedSecurityLevel));
        Assert.That(
            Refusal(User with { EngineId = SnmpEngineId.Parse("8000000001") }, User), Is.EqualTo(UsmOutcome.UnknownEngineId));
        Assert.That(Refusal(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Des), User), Is.Null, "garbage is answered with silence");
    }

    [Test]
    public void An_engine_that_restarts_or_lost_its_clock_is_followed()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Time.Advance(TimeSpan.FromSeconds(5000));
        dialogue.Settle();

        dialogue.Authority.Restart(boots: 6);
        Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.TimeSynchronized));
        Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.Accepted));
        Assert.That(dialogue.Session.Peer.Now, Is.EqualTo((6, 0)));

        dialogue.Authority.Restart(boots: 2);
        Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.TimeDoubted));
        Assert.That(dialogue.Session.Peer.Now, Is.EqualTo((6, 0)));
        Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.TimeSteppedBack));
        Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.Accepted));
        Assert.That(dialogue.Session.Peer.Now, Is.EqualTo((2, 0)));
    }

    [Test]
    public void An_engine_that_rejects_every_time_is_given_up()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        var outcomes = new List<UsmOutcome>();
        for (var boots = 100; boots < 104; boots++)
        {
            var request = dialogue.Request();
            dialogue.Authority.Restart(boots);
            outcomes.Add(dialogue.Take(dialogue.Answer(request)));
        }

        Assert.That(outcomes, Is.EqualTo(new[]
        {
            UsmOutcome.TimeSynchronized, UsmOutcome.TimeSynchronized, UsmOutcome.TimeSynchronized, UsmOutcome.NotInTimeWindow,
        }));
    }

    [Test]
    public void After_a_time_that_was_given_up_the_next_request_is_answered()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        for (var boots = 100; boots < 104; boots++)
        {
            var request = dialogue.Request();
            dialogue.Authority.Restart(boots);
            dialogue.Take(dialogue.Answer(request));
        }

        dialogue.Authority.Restart(boots: 2);

        Assert.That(
            Enumerable.Range(0, 4).Select(_ => dialogue.Ask()),
            Is.EqualTo(new[] { UsmOutcome.TimeDoubted, UsmOutcome.TimeSteppedBack, UsmOutcome.Accepted, UsmOutcome.Accepted }));
    }

    [Test]
    public void An_engine_that_names_itself_anew_each_time_is_refused_and_followed_once_it_stays()
    {
        using var session = new UsmSession(User, new UsmPeer(TimeProvider.System));

        var outcomes = Enumerable.Range(1, 4).Select(name => Rename(session, (byte)name)).ToArray();

        Assert.That(outcomes, Is.EqualTo(new[]
        {
            UsmOutcome.EngineDiscovered, UsmOutcome.EngineDiscovered, UsmOutcome.UnknownEngineId, UsmOutcome.EngineDiscovered,
        }));
        Assert.That(session.Peer.EngineId, Is.EqualTo(SnmpEngineId.Create(8072, [4])));
    }

    [Test]
    public void A_report_on_what_was_written_before_the_latest_news_says_nothing_new()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        var requests = Enumerable.Range(0, 10).Select(_ => dialogue.Request()).ToArray();
        dialogue.Authority.Restart(boots: 6);
        var version = dialogue.Session.Peer.Version;
        var reports = requests.Select(request => dialogue.Answer(request)).ToArray();

        Assert.That(dialogue.Take(reports[0]), Is.EqualTo(UsmOutcome.TimeSynchronized));
        Assert.That(dialogue.Session.Peer.Version, Is.Not.EqualTo(version));
        Assert.That(dialogue.Session.WrittenWith, Is.EqualTo(version));
        foreach (var report in reports[1..])
        {
            Assert.That(dialogue.Take(report, isOutdated: true), Is.EqualTo(UsmOutcome.Outdated));
        }

        Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.Accepted));
    }

    [Test]
    public void A_clock_that_runs_on_is_no_news()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        var version = dialogue.Session.Peer.Version;
        for (var second = 0; second < 1_000; second += 100)
        {
            dialogue.Time.Advance(TimeSpan.FromSeconds(100));
            Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.Accepted));
        }

        Assert.That(dialogue.Session.Peer.Version, Is.EqualTo(version));
    }

    [Test]
    public void Only_signed_messages_set_the_time()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        var buffer = new byte[500];
        var fields = new SecuredFields
        {
            EngineId = Dialogue.EngineId.Octets,
            Boots = 9,
            Time = 9,
            UserName = "pippin"u8,
            BlockLength = 1,
        };
        var writer = new SnmpMessageWriter(buffer, fields, PduType.Report, 0);
        Assert.That(writer.TryAdd(ReportCounters.NameOf(ReportKind.NotInTimeWindow), SnmpValue.Counter32(1)), Is.True);
        Assert.That(writer.TryComplete(out var length), Is.True);

        Assert.That(dialogue.Take(buffer[..length]), Is.EqualTo(UsmOutcome.UntrustedReport));
        Assert.That(UsmOutcome.UntrustedReport.Action(), Is.EqualTo(UsmAction.Drop));
        Assert.That(dialogue.Session.Peer.Now, Is.EqualTo((5, 0)));
    }

    [Test]
    public void A_replay_from_before_the_window_is_too_old()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        var old = dialogue.Answer(dialogue.Request());
        dialogue.Time.Advance(TimeSpan.FromSeconds(UsmPeer.Window));
        Assert.That(dialogue.Take(old), Is.EqualTo(UsmOutcome.Accepted));

        dialogue.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(dialogue.Take(old), Is.EqualTo(UsmOutcome.TooOld));
        Assert.That(dialogue.Ask(), Is.EqualTo(UsmOutcome.Accepted));
    }

    [Test]
    public void A_changed_octet_anywhere_makes_a_message_worthless()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        var answer = dialogue.Answer(dialogue.Request());
        for (var index = 0; index < answer.Length; index++)
        {
            var changed = answer.ToArray();
            changed[index] ^= 0x10;

            Assert.That(
                SecuredMessageReader.TryRead(changed, out var message) == SnmpParseError.None
                    && dialogue.Session.Process(message, new byte[1000], out _) == UsmOutcome.Accepted,
                Is.False, $"octet {index}");
        }
    }

    [Test]
    public void A_device_that_was_replaced_is_discovered_anew()
    {
        using var dialogue = new Dialogue(User);
        using var other = new UsmAuthority(SnmpEngineId.Create(8072, "new"u8), 1, [User], dialogue.Time);
        dialogue.Settle();
        var buffer = new byte[1000];
        Assert.That(SecuredMessageReader.TryRead(dialogue.Request(), out var message), Is.EqualTo(SnmpParseError.None));
        Assert.That(other.Process(message, new byte[1000], out _, out _, out var report), Is.EqualTo(UsmVerdict.Report));
        Assert.That(other.TryWriteReport(buffer, message, 0, report, out var length), Is.True);

        Assert.That(dialogue.Take(buffer[..length]), Is.EqualTo(UsmOutcome.EngineDiscovered));
        Assert.That(dialogue.Session.Peer.EngineId, Is.EqualTo(other.EngineId));
        Assert.That(dialogue.Session.HasKeys, Is.False);
    }

    [Test]
    public void A_trap_of_a_known_engine_is_accepted_and_an_unprotected_one_is_not()
    {
        using var dialogue = new Dialogue(User);
        dialogue.Settle();
        var buffer = new byte[1000];
        var writer = dialogue.Authority.BeginTrap(buffer, "pippin", 4711);
        Assert.That(writer.TryAdd(TrapMapping.SysUpTime, SnmpValue.TimeTicks(5)), Is.True);
        Assert.That(dialogue.Authority.TryCompleteTrap(ref writer, buffer, "pippin", out var length), Is.True);
        Assert.That(dialogue.Take(buffer[..length]), Is.EqualTo(UsmOutcome.Accepted));

        var fields = new SecuredFields { EngineId = Dialogue.EngineId.Octets, UserName = "pippin"u8, BlockLength = 1 };
        Assert.That(new SnmpMessageWriter(buffer, fields, PduType.TrapV2, 1).TryComplete(out length), Is.True);
        Assert.That(dialogue.Take(buffer[..length]), Is.EqualTo(UsmOutcome.Unprotected));
    }

    [Test]
    public void The_answer_of_another_engine_or_user_is_foreign()
    {
        using var dialogue = new Dialogue(User);
        using var other = new Dialogue(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "merry"));
        using var unaware = new UsmSession(User, new UsmPeer(dialogue.Time));
        dialogue.Settle();
        other.Settle();
        var answer = other.Answer(other.Request());

        Assert.That(dialogue.Take(answer), Is.EqualTo(UsmOutcome.ForeignUser));
        Assert.That(SecuredMessageReader.TryRead(answer, out var message), Is.EqualTo(SnmpParseError.None));
        Assert.That(unaware.Process(message, new byte[1000], out _), Is.EqualTo(UsmOutcome.ForeignEngine));
    }

    [TestCase(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128)]
    [TestCase(AuthenticationProtocol.Sha1, PrivacyProtocol.None)]
    [TestCase(AuthenticationProtocol.None, PrivacyProtocol.None)]
    public void An_answer_of_another_context_is_foreign(AuthenticationProtocol authentication, PrivacyProtocol privacy)
    {
        using var dialogue = new Dialogue(Pairs.User(authentication, privacy) with { ContextName = "blue" });
        dialogue.Settle();

        Assert.That(dialogue.Take(dialogue.Answer(dialogue.Request(), context: "red")), Is.EqualTo(UsmOutcome.ForeignContext));
        Assert.That(dialogue.Take(dialogue.Answer(dialogue.Request(), context: "")), Is.EqualTo(UsmOutcome.ForeignContext));
        Assert.That(dialogue.Take(dialogue.Answer(dialogue.Request(), contextEngine: SnmpEngineId.Parse("8000000001"))), Is.EqualTo(UsmOutcome.ForeignContext));
        Assert.That(dialogue.Take(dialogue.Answer(dialogue.Request(), "blue", Dialogue.EngineId)), Is.EqualTo(UsmOutcome.Accepted));
    }

    private static UsmOutcome Rename(UsmSession session, byte name)
    {
        using var engine = new UsmAuthority(SnmpEngineId.Create(8072, [name]), 1, [User], TimeProvider.System);
        var buffer = new byte[1000];
        Assert.That(UsmSession.TryWriteDiscovery(buffer, 1, 1000, out var length), Is.True);
        Assert.That(SecuredMessageReader.TryRead(buffer.AsSpan(0, length), out var message), Is.EqualTo(SnmpParseError.None));
        Assert.That(engine.Process(message, new byte[1000], out _, out _, out var report), Is.EqualTo(UsmVerdict.Report));
        var answer = new byte[1000];
        Assert.That(engine.TryWriteReport(answer, message, 0, report, out length), Is.True);
        Assert.That(SecuredMessageReader.TryRead(answer.AsSpan(0, length), out message), Is.EqualTo(SnmpParseError.None));
        return session.Process(message, new byte[1000], out _);
    }

    private static UsmOutcome? Refusal(SnmpUser user, SnmpUser? known = null)
    {
        using var dialogue = new Dialogue(user, known ?? User);
        if (dialogue.Session.NeedsDiscovery)
        {
            Assert.That(dialogue.Discover(), Is.EqualTo(UsmOutcome.EngineDiscovered));
        }

        var answer = dialogue.Answer(dialogue.Request());
        return answer.Length == 0 ? null : dialogue.Take(answer);
    }
}
