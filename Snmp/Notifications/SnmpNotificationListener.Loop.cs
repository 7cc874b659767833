using Connections.Snmp.Transport;

namespace Connections.Snmp.Notifications;

// The listener's thread: receives, judges, queues, answers.
public sealed partial class SnmpNotificationListener
{
    private const int BatchSize = 64;

    // Not a power of two, so that the slots of a batch do not compete for the same sets of the processor's caches.
    private const int SlotSize = ReceiveBatch.LargestDatagram + 64;

    private readonly NotificationCounters _counters = new();
    private readonly DuplicateFilter _duplicates;
    private readonly DropLog _drops;

    private void Run()
    {
        Exception? failure = null;
        try
        {
            Serve();
        }
        catch (Exception problem)
        {
            // The readers get it; nobody else could.
            failure = problem;
        }

        Close();
        _queue.Complete(failure);
        _completion.SetResult();
    }

    private void Serve()
    {
        using var arrived = new ReceiveBatch(BatchSize, SlotSize);
        using var answers = new SendBatch(BatchSize, 2 * SendBatch.LargestDatagram);
        foreach (var socket in _sockets)
        {
            _poller.Add(socket);
        }

        while (!_stopping)
        {
            _poller.Wait(-1);
            foreach (var socket in _sockets)
            {
                Serve(socket, arrived, answers);
            }
        }
    }

    private void Serve(IDatagramSocket socket, ReceiveBatch arrived, SendBatch answers)
    {
        var count = socket.Receive(arrived);
        for (var i = 0; i < count; i++)
        {
            if (!answers.HasRoomFor(SendBatch.LargestDatagram))
            {
                socket.Send(answers);
            }

            Take(socket, arrived, i, answers);
        }

        socket.Send(answers);
    }

    private void Take(IDatagramSocket socket, ReceiveBatch arrived, int index, SendBatch answers)
    {
        _counters.CountReceived();
        ref readonly var source = ref arrived.Peer(index);
        ref readonly var asked = ref arrived.Local(index);
        var octets = arrived.IsTruncated(index) ? [] : arrived.Datagram(index);
        var datagram = new NotificationDatagram(octets, source, asked, socket.LocalEndPoint);
        var judgement = _receiver.Receive(datagram, answers.Free[..SendBatch.LargestDatagram]);
        if (Settle(judgement, source, octets.Length) && judgement.AnswerLength > 0)
        {
            answers.Commit(judgement.AnswerLength, source, asked);
        }
    }

    /// <summary>Delivers the notification, if there is one, and counts.</summary>
    /// <returns>Whether the answer may be sent.</returns>
    private bool Settle(in Judgement judgement, in DatagramEndPoint source, int length)
    {
        if (judgement.Notification is not { } notification)
        {
            CountOther(judgement.Drop, source);
            return true;
        }

        if (judgement.Key is { } key && _duplicates.Contains(key))
        {
            _counters.CountDuplicate();
        }
        else if (!TryDeliver(notification, judgement.Key, length))
        {
            CountOther(SnmpNotificationDrop.QueueFull, source);
            return false;
        }

        if (notification.IsInform)
        {
            _counters.CountAcknowledged();
        }

        return true;
    }

    private bool TryDeliver(SnmpNotification notification, in DuplicateKey? key, int length)
    {
        var cost = NotificationQueue.CostOf(notification, length);
        if (!_queue.HasRoomFor(cost))
        {
            return false;
        }

        // Counted first, so that whoever reads it finds it counted.
        _counters.CountDelivered();
        _queue.Add(notification, cost);
        if (key is { } known)
        {
            _duplicates.Remember(known);
        }

        return true;
    }

    private void CountOther(SnmpNotificationDrop reason, in DatagramEndPoint source)
    {
        if (reason == SnmpNotificationDrop.None)
        {
            _counters.CountDiscovery();
            return;
        }

        _counters.CountDropped(reason);
        _drops.Note(reason, source);
    }

    private void Close()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _poller.Dispose();
        _receiver.Dispose();
    }
}
