using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;

namespace Connections.Snmp.Tests.Engine;

/// <summary>Request-ids of 16 bits, which come round soon.</summary>
public sealed class ShortRequestIdTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly SnmpOptions Short = Responder.Patient with { Profile = new DeviceProfile { Uses16BitRequestIds = true } };

    [Test]
    public async Task An_id_comes_round_after_32768_requests_and_is_positive_in_16_bits()
    {
        var ids = new List<int>();
        await using var engine = new SnmpEngine();
        await using var responder = new Responder((responder, request) =>
        {
            ids.Add(request.Id);
            responder.Reply(request, request.Answer(1));
        });
        var client = engine.CreateClient(responder.Target(Short));

        for (var round = 0; round < 32; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => client.GetAsync(Responder.Instance).AsTask())).WaitAsync(Limit);
        }

        Assert.That(ids, Has.Count.EqualTo(32_000).And.All.InRange(0, short.MaxValue));
        Assert.That(ids.ToHashSet(), Has.Count.EqualTo(32_000));
    }

    [Test]
    public async Task A_reply_to_a_request_of_before_the_keys_came_round_answers_nobody()
    {
        const int Keys = 4_096;
        var count = 0;
        var old = Array.Empty<byte>();
        await using var engine = new SnmpEngine();
        await using var responder = new Responder((responder, request) =>
        {
            if (count++ == 0)
            {
                old = request.Answer(666);
            }
            else if (count > Keys)
            {
                responder.Reply(request, old);
            }

            responder.Reply(request, request.Answer(1));
        });
        var client = engine.CreateClient(responder.Target(Short));

        for (var request = 0; request <= Keys; request++)
        {
            Assert.That((await client.GetAsync(Responder.Instance).AsTask().WaitAsync(Limit)).Value.ToInt64(), Is.EqualTo(1));
        }

        Assert.That(engine.Statistics.Late, Is.EqualTo(1));
    }
}
