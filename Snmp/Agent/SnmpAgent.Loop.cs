using Connections.Snmp.Transport;

namespace Connections.Snmp.Agent;

public sealed partial class SnmpAgent
{
    // The largest that UDP carries. Not a power of two, so that the slots of a batch do not compete for the same sets of the processor's caches.
    private const int LargestRequest = 65_536 + 64;
    private const int BatchSize = 64;

    private readonly DelayedReplies _delayed = new();
    private readonly Responder _responder = new();
    private long _unclaimed;

    private void Run()
    {
        try
        {
            using (_poller)
            {
                Serve();
            }

            _completion.SetResult();
        }
        catch (Exception problem)
        {
            _completion.SetException(problem);
        }
    }

    private void Serve()
    {
        using var requests = new ReceiveBatch(BatchSize, LargestRequest);
        using var replies = new SendBatch(2 * BatchSize, BatchSize * SendBatch.LargestDatagram);
        var polled = 0;
        try
        {
            while (!_stopping)
            {
                _poller.Wait(_delayed.UntilDue());
                var sockets = _sockets;
                for (; polled < sockets.Length; polled++)
                {
                    _poller.Add(sockets[polled].Transport);
                }

                foreach (var socket in sockets)
                {
                    Serve(socket, requests, replies);
                }

                AnswerPostponed(replies);
                SendDue(replies);
            }
        }
        finally
        {
            Close();
        }
    }

    private void Serve(AgentSocket socket, ReceiveBatch requests, SendBatch replies)
    {
        var count = socket.Transport.Receive(requests);
        for (var i = 0; i < count; i++)
        {
            Answer(socket, requests, i, replies);
        }

        Flush(socket, replies);
    }

    private void Answer(AgentSocket socket, ReceiveBatch requests, int index, SendBatch replies)
    {
        ref readonly var local = ref requests.Local(index);
        if (socket.DeviceAt(local) is not { } device)
        {
            Volatile.Write(ref _unclaimed, _unclaimed + 1);
            return;
        }

        var request = requests.IsTruncated(index) ? [] : requests.Datagram(index);
        Answer(new Reply(socket, device, requests.Peer(index), local), request, replies, hasWaited: false);
    }

    private void Answer(in Reply reply, ReadOnlySpan<byte> request, SendBatch replies, bool hasWaited)
    {
        var device = reply.Device;
        if (device.IsSilent)
        {
            device.Dice.Count(FaultKind.Silence);
            return;
        }

        if (device.Security?.PrepareFor(request, hasWaited) is { } making)
        {
            Postpone(making, reply, request);
            return;
        }

        if (!replies.HasRoomFor(SendBatch.LargestDatagram))
        {
            Flush(reply.Socket, replies);
        }

        var length = _responder.Respond(device, request, reply.Peer, replies.Free);
        if (length > 0)
        {
            Deliver(reply, length, replies);
        }
    }

    private void Close()
    {
        lock (_adding)
        {
            _stopping = true;
            foreach (var socket in _sockets)
            {
                socket.Dispose();
            }

            foreach (var device in _devices)
            {
                device.Security?.Dispose();
            }
        }
    }
}
