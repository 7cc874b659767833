using System.Collections.Concurrent;
using System.Net.Sockets;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Transport.Streams;

namespace Connections.Snmp.Tests.Engine.Tcp;

/// <summary>Replies in pieces, cut at each of their octets: TCP promises octets, and no messages.</summary>
public sealed class TcpPiecesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly Oid Instance = Responder.Instance;

    // Its length takes the long form in each header, so that there are more places to be cut at.
    private static readonly SnmpValue Long = SnmpValue.OctetString(new byte[130]);

    private SnmpEngine _engine = null!;

    [SetUp]
    public void MakeEngine() => _engine = new SnmpEngine(new SnmpEngineOptions { Streams = new StreamSocketOptions { Patience = TimeSpan.FromSeconds(20) } });

    [TearDown]
    public async Task DisposeEngineAsync() => await _engine.DisposeAsync();

    private Task<VarBind> GetAsync(TcpResponder responder, uint number) =>
        _engine.CreateClient(responder.Target()).GetAsync(Instance.Append(number)).AsTask().WaitAsync(Limit);

    private static byte[] AnswerTo(Request request) => request.Response([new VarBind(request.Oid, Long)]);

    [Test]
    public async Task A_reply_is_one_wherever_it_is_cut_and_so_is_what_follows_in_its_last_piece()
    {
        var held = new ConcurrentQueue<Request>();
        var sending = new ConcurrentQueue<Task>();
        await using var responder = new TcpResponder((peer, request) =>
        {
            // Two at a time: the cut goes through the first, and the second comes whole behind it.
            held.Enqueue(request);
            if (held.Count % 2 == 0)
            {
                sending.Enqueue(SendCutAsync(peer, [.. AnswerTo(held.ElementAt(held.Count - 2)), .. AnswerTo(request)], cut: held.Count / 2));
            }
        });
        var length = 0;
        for (var cut = 1u; cut == 1 || cut < length; cut++)
        {
            var both = await Task.WhenAll(GetAsync(responder, cut * 2), GetAsync(responder, (cut * 2) + 1)).WaitAsync(Limit);

            Assert.That(both, Is.EqualTo(new[] { new VarBind(Instance.Append(cut * 2), Long), new VarBind(Instance.Append((cut * 2) + 1), Long) }));
            length = AnswerTo(held.ElementAt(held.Count - 2)).Length;
        }

        await Task.WhenAll(sending).WaitAsync(Limit);
        Assert.That(sending, Has.Count.EqualTo(length - 1).And.Count.GreaterThan(150));
        Assert.That((responder.Accepted, _engine.Statistics.Retransmissions), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task A_reply_that_trickles_octet_by_octet_is_one()
    {
        Task? sending = null;
        await using var responder = new TcpResponder((peer, request) => sending = TrickleAsync(peer, AnswerTo(request)));

        Assert.That((await GetAsync(responder, 1)).Value, Is.EqualTo(Long));

        await sending!.WaitAsync(Limit);
        Assert.That((responder.Accepted, _engine.Statistics.Retransmissions), Is.EqualTo((1, 0)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Where_a_connection_ends_within_a_reply_the_request_is_sent_again_over_another_one(bool isReset)
    {
        var (cut, length) = (0, 0);
        await using var responder = new TcpResponder((peer, request) =>
        {
            var answer = AnswerTo(request);
            length = answer.Length;
            if (peer.Number % 2 == 0)
            {
                peer.Send(answer);
                peer.Close();
                return;
            }

            peer.Send(answer[..cut]);
            peer.Socket.LingerState = new LingerOption(isReset, 0);
            peer.Close();
        });
        for (; cut == 0 || cut < length; cut++)
        {
            Assert.That((await GetAsync(responder, (uint)cut)).Value, Is.EqualTo(Long), $"cut after {cut} octets");
        }

        Assert.That(cut, Is.GreaterThan(150));
        Assert.That(responder.Accepted, Is.GreaterThanOrEqualTo(2 * length));
        Assert.That(_engine.Statistics.Timeouts, Is.Zero);
    }

    private static async Task SendCutAsync(TcpResponder.Peer peer, byte[] octets, int cut)
    {
        peer.Send(octets[..cut]);
        await TcpQueues.UntilReadAsync(peer.Socket);
        peer.Send(octets[cut..]);
    }

    private static async Task TrickleAsync(TcpResponder.Peer peer, byte[] octets)
    {
        foreach (var octet in octets)
        {
            peer.Send(octet);
            await TcpQueues.UntilReadAsync(peer.Socket);
        }
    }
}
