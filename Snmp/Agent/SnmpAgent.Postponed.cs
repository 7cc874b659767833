using Connections.Snmp.Agent.Security;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

// Requests that come before the keys of their user are made.
public sealed partial class SnmpAgent
{
    private readonly Queue<PostponedRequest> _postponed = new();

    private void Postpone(Task making, in Reply reply, ReadOnlySpan<byte> request)
    {
        if (_postponed.Count == _options.MaxDelayed)
        {
            Volatile.Write(ref _dropped, _dropped + 1);
            return;
        }

        _postponed.Enqueue(new PostponedRequest(making, reply, request.ToArray()));
        making.GetAwaiter().UnsafeOnCompleted(_poller.Wake);
    }

    private void AnswerPostponed(SendBatch replies)
    {
        while (_postponed.TryPeek(out var first) && first.Making.IsCompleted)
        {
            _postponed.Dequeue();
            Answer(first.Reply, first.Datagram, replies, hasWaited: true);
            Flush(first.Reply.Socket, replies);
        }
    }
}
