using System.Net;
using System.Net.Sockets;
using Connections.Snmp.Agent;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Tests.Engine.V3;

/// <summary>SNMPv3 over a network and with agents that lose, repeat and falsify.</summary>
public sealed class HostileNetworkTests : SecuredAgentFixture
{
    [Test]
    public async Task A_walk_comes_to_exactly_the_agents_rows_whatever_happens_to_its_answers()
    {
        var device = Agent.Add(Device(User) with
        {
            Loss = 0.05,
            Seed = 11,
            Faults = new DeviceFaults
            {
                Duplication = 0.1,
                Reordering = 0.1,
                Garbage = 0.05,
                Truncation = 0.05,
                WrongDigest = 0.1,
                WrongMessageId = 0.05,
                WrongRequestId = 0.05,
                StaleTime = 0.05,
            },
        });
        device.StepClock(TimeSpan.FromHours(1));
        var client = Client(device, options: Persistent with { Timeout = TimeSpan.FromMilliseconds(50), Retries = 100 });

        var walk = await client.BulkWalkAsync(IfTable, 3).ToListAsync().AsTask().WaitAsync(Limit);

        Assert.That(walk.Select(static varBind => varBind.Oid), Is.EqualTo(Expected(device, IfTable)));
        Assert.That(device.CountOf(FaultKind.WrongDigest), Is.GreaterThan(0));
        Assert.That(device.CountOf(FaultKind.StaleTime), Is.GreaterThan(0));
        Assert.That(Engine.Statistics.Foreign, Is.GreaterThan(0));
        Assert.That(Engine.Statistics.Timeouts, Is.Zero);
    }

    [TestCase(FaultKind.WrongDigest, "not signed")]
    [TestCase(FaultKind.StaleTime, "time lies too far back")]
    [TestCase(FaultKind.WrongRequestId, "not valid SNMP")]
    public async Task What_cannot_be_trusted_is_dropped_and_the_timeout_names_it(FaultKind fault, string hint)
    {
        var device = Agent.Add(Device(User));
        device.StepClock(TimeSpan.FromHours(1));
        var client = Client(device, options: new SnmpOptions { Timeout = TimeSpan.FromMilliseconds(200), Retries = 0 });
        await GetNameAsync(Client(device));
        device.Faults = new DeviceFaults
        {
            WrongDigest = fault == FaultKind.WrongDigest ? 1 : 0,
            StaleTime = fault == FaultKind.StaleTime ? 1 : 0,
            WrongRequestId = fault == FaultKind.WrongRequestId ? 1 : 0,
        };

        var error = Assert.ThrowsAsync<SnmpTimeoutException>(() => GetNameAsync(client));

        Assert.That(error!.Hint, Does.Contain(hint));
    }

    [Test]
    public async Task Each_retransmission_is_written_and_signed_anew_with_a_msgID_of_its_own()
    {
        const int Retransmissions = 20;
        using var silent = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var user = User with { EngineId = SnmpEngineId.Parse("8000000001") };
        var target = SnmpdUsers.Target(user, (IPEndPoint)silent.Client.LocalEndPoint!, Persistent with { Timeout = TimeSpan.FromMilliseconds(20) });
        using var cancellation = new CancellationTokenSource();
        var call = Engine.CreateClient(target).GetAsync(SysName, cancellation.Token).AsTask();
        var seen = new List<(int MessageId, string Salt, string Mac)>();
        while (seen.Count <= Retransmissions)
        {
            var datagram = await silent.ReceiveAsync().WaitAsync(Limit);
            Assert.That(SecuredMessageReader.TryRead(datagram.Buffer, out var message), Is.EqualTo(SnmpParseError.None));
            seen.Add((message.MessageId, Convert.ToHexString(message.Salt), Convert.ToHexString(message.Mac)));
        }

        await cancellation.CancelAsync();

        Assert.That(async () => await call.WaitAsync(Limit), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen.Select(static sent => sent.MessageId), Is.Unique);
        Assert.That(seen.Select(static sent => sent.Salt), Is.Unique);
        Assert.That(seen.Select(static sent => sent.Mac), Is.Unique);
    }
}
