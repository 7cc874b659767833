using System.Net.Sockets;
using System.Text;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;
using Connections.Tests.Servers;

namespace Connections.Snmp.Tests.Protocol.Usm;

/// <summary>The codec and a plain socket against Net-SNMP's agent, which has a user for every pair of protocols.</summary>
public sealed class SnmpdExchangeTests
{
    private const int MaxSize = 65_507;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);
    private static readonly Oid SysDescr = Oid.Parse("1.3.6.1.2.1.1.1.0");

    private static IEnumerable<SnmpUser> Users =>
        from user in Pairs.Users
        select Pairs.User(user.Authentication, user.Privacy, $"{user.Authentication}-{user.Privacy}");

    [TestCaseSource(nameof(Users))]
    public async Task Every_pair_of_protocols_discovers_synchronizes_and_gets(SnmpUser user)
    {
        using var session = new UsmSession(user, new UsmPeer(TimeProvider.System));
        using var client = Connect();
        Assert.That(await AskAsync(client, Discovery(), session), Is.EqualTo(UsmOutcome.EngineDiscovered));

        // Without what discovery said of the time, so that it must be told by a signed report.
        session.Peer.Rename(session.Peer.EngineId);
        if (user.Level != SecurityLevel.NoAuthNoPriv)
        {
            Assert.That(await AskAsync(client, Request(session, 2), session), Is.EqualTo(UsmOutcome.TimeSynchronized));
        }

        Assert.That(await AskAsync(client, Request(session, 3), session), Is.EqualTo(UsmOutcome.Accepted));
    }

    [Test]
    public async Task What_discovery_says_of_the_time_spares_a_round_trip()
    {
        using var session = new UsmSession(
            Pairs.User(AuthenticationProtocol.Sha256, PrivacyProtocol.Aes256C, "Sha256-Aes256C"), new UsmPeer(TimeProvider.System));
        using var client = Connect();

        Assert.That(await AskAsync(client, Discovery(), session), Is.EqualTo(UsmOutcome.EngineDiscovered));
        Assert.That(await AskAsync(client, Request(session, 2), session), Is.EqualTo(UsmOutcome.Accepted));
    }

    [Test]
    public async Task Snmpd_refuses_each_mistake_by_its_name()
    {
        var good = Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "Sha1-Aes128");

        Assert.That(await FirstAnswerAsync(good with { AuthenticationKey = UsmKey.Password("wrong password") }), Is.EqualTo(UsmOutcome.WrongDigest));
        Assert.That(
            await FirstAnswerAsync(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.None, "nobody")), Is.EqualTo(UsmOutcome.UnknownUserName));
        Assert.That(
            await FirstAnswerAsync(Pairs.User(AuthenticationProtocol.Sha1, PrivacyProtocol.Aes128, "Sha1-None")),
            Is.EqualTo(UsmOutcome.UnsupportedSecurityLevel));
        Assert.That(await FirstAnswerAsync(good with { EngineId = SnmpEngineId.Parse("8000000001") }), Is.EqualTo(UsmOutcome.UnknownEngineId));
    }

    [Test]
    public void The_localized_keys_are_those_that_snmpd_keeps()
    {
        var directory = Environment.GetEnvironmentVariable("SNMP_PERSISTENT_DIR")
            ?? throw new InvalidOperationException("SNMP_PERSISTENT_DIR is not set: run Tests/run, which starts snmpd.");
        var kept = File.ReadLines(Path.Combine(directory, "snmpd.conf"), Encoding.Latin1)
            .Where(line => line.StartsWith("usmUser ", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(fields => Encoding.ASCII.GetString(Convert.FromHexString(fields[4].AsSpan(2))));

        foreach (var user in Users.Where(user => user.Level != SecurityLevel.NoAuthNoPriv))
        {
            var fields = kept[user.Name];
            var engineId = SnmpEngineId.Parse(fields[3]);
            Assert.That($"0x{Convert.ToHexStringLower(LocalizedKeys.ForAuthentication(user, engineId))}", Is.EqualTo(fields[8]), user.ToString());
            if (user.Level == SecurityLevel.AuthPriv)
            {
                Assert.That($"0x{Convert.ToHexStringLower(LocalizedKeys.ForPrivacy(user, engineId))}", Is.EqualTo(fields[10]), user.ToString());
            }
        }
    }

    private static async Task<UsmOutcome> FirstAnswerAsync(SnmpUser user)
    {
        using var session = new UsmSession(user, new UsmPeer(TimeProvider.System));
        using var client = Connect();
        if (session.NeedsDiscovery)
        {
            Assert.That(await AskAsync(client, Discovery(), session), Is.EqualTo(UsmOutcome.EngineDiscovered));
        }

        return await AskAsync(client, Request(session, 2), session);
    }

    private static UdpClient Connect()
    {
        var client = new UdpClient();
        client.Connect(TestServer.Snmpd);
        return client;
    }

    private static async Task<UsmOutcome> AskAsync(UdpClient client, byte[] request, UsmSession session)
    {
        await client.SendAsync(request).AsTask().WaitAsync(Bound);
        var answer = await client.ReceiveAsync().WaitAsync(Bound);
        return Take(session, answer.Buffer);
    }

    private static UsmOutcome Take(UsmSession session, byte[] answer)
    {
        Assert.That(SecuredMessageReader.TryRead(answer, out var message), Is.EqualTo(SnmpParseError.None));
        var outcome = session.Process(message, new byte[MaxSize], out var scoped);
        if (outcome == UsmOutcome.Accepted)
        {
            Assert.That(
                Messages.VarBinds(scoped.Header),
                Is.EqualTo(new[] { new VarBind(SysDescr, SnmpValue.OctetString("A real snmpd for the tests of Connections")) }));
        }

        return outcome;
    }

    private static byte[] Discovery()
    {
        var buffer = new byte[500];
        Assert.That(UsmSession.TryWriteDiscovery(buffer, 1, MaxSize, out var length), Is.True);
        return buffer[..length];
    }

    private static byte[] Request(UsmSession session, int messageId)
    {
        var buffer = new byte[1500];
        var writer = session.BeginRequest(buffer, messageId, MaxSize, PduType.Get, 9);
        Assert.That(writer.TryAdd(SysDescr), Is.True);
        Assert.That(session.TryComplete(ref writer, buffer, out var length), Is.True);
        return buffer[..length];
    }
}
