using System.Diagnostics;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

public sealed partial class SnmpAgent
{
    private readonly List<SimulatedDevice> _answered = [];
    private long _dropped;

    /// <summary>
    /// How many answers were dropped because <see cref="SnmpAgentOptions.MaxDelayed"/> others were waiting for their time, and how many requests because as many were
    /// waiting for the keys of their users.
    /// </summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Sends the answer at the start of the batch's free room, now or later, once or twice.</summary>
    private void Deliver(in Reply reply, int length, SendBatch replies)
    {
        var delay = reply.Device.NextDelay();
        var isTwice = reply.Device.Dice.Happens(FaultKind.Duplication, reply.Device.Faults.Duplication);
        if (delay > TimeSpan.Zero)
        {
            var answer = replies.Free[..length];
            Delay(reply, answer, delay);
            if (isTwice)
            {
                Delay(reply with { IsCopy = true }, answer, delay);
            }

            return;
        }

        var octets = replies.Free;
        Commit(reply, length, replies);
        if (isTwice)
        {
            SendCopy(reply with { IsCopy = true }, octets[..length], replies);
        }
    }

    private void Delay(in Reply reply, ReadOnlySpan<byte> answer, TimeSpan delay)
    {
        if (_delayed.Count < _options.MaxDelayed)
        {
            _delayed.Add(reply, answer, delay);
            return;
        }

        Volatile.Write(ref _dropped, _dropped + 1);
        if (!reply.IsCopy)
        {
            reply.Device.CountAnswer();
        }
    }

    private void SendDue(SendBatch replies)
    {
        var now = Stopwatch.GetTimestamp();
        AgentSocket? socket = null;
        while (_delayed.TryTakeDue(now, out var delayed))
        {
            if (socket is not null && socket != delayed.Reply.Socket)
            {
                Flush(socket, replies);
            }

            socket = delayed.Reply.Socket;
            SendCopy(delayed.Reply, delayed.Octets.AsSpan(0, delayed.Length), replies);
            _delayed.Release(delayed);
        }

        if (socket is not null)
        {
            Flush(socket, replies);
        }
    }

    private void SendCopy(in Reply reply, ReadOnlySpan<byte> answer, SendBatch replies)
    {
        if (!replies.HasRoomFor(answer.Length))
        {
            Flush(reply.Socket, replies);
        }

        answer.CopyTo(replies.Free);
        Commit(reply, answer.Length, replies);
    }

    private void Commit(in Reply reply, int length, SendBatch replies)
    {
        replies.Commit(length, reply.Peer, reply.Local);
        if (!reply.IsCopy)
        {
            _answered.Add(reply.Device);
        }
    }

    private void Flush(AgentSocket socket, SendBatch replies)
    {
        if (replies.Count == 0)
        {
            return;
        }

        // Counted before the answers leave, or a caller that has its answer could still see the request in flight. Nothing is
        // received in between, so the most in flight is exact.
        foreach (var device in _answered)
        {
            device.CountAnswer();
        }

        _answered.Clear();
        socket.Transport.Send(replies);
    }
}
