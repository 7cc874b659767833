using System.Collections.Concurrent;
using Connections.Snmp.Protocol.Usm;

namespace Connections.Snmp.Engine;

// What SNMPv3 needs before and around a request: the name of the agent's engine, and keys for it. Neither makes any other device wait: a request asks
// for the name in its own attempts, a thread of the pool makes the keys, and the requests that need either are held back.
public sealed partial class SnmpEngine
{
    private readonly ConcurrentQueue<SecuredUser> _prepared = new();

    /// <summary>Called on a thread of the pool.</summary>
    internal void OnKeysPrepared(SecuredUser user)
    {
        _prepared.Enqueue(user);
        _poller!.Wake();
    }

    private void AdoptKeys()
    {
        while (_prepared.TryDequeue(out var user))
        {
            user.AdoptKeys();
            Release(user.Peer);
        }
    }

    // On a caller's thread; see SecuredUser. One that does not fit a datagram fails on the I/O thread, where it is in custody.
    private bool TryStartWithPen(Operation operation, SecuredUser user)
    {
        if (user.TakePen() is not { } pen)
        {
            return false;
        }

        operation.WriteBy(pen);
        try
        {
            return TryStart(operation, operation.StartedAt);
        }
        catch (SnmpException)
        {
            return false;
        }
        finally
        {
            operation.WriteBy(null);
            user.ReturnPen(pen);
        }
    }

    /// <summary>Keeps a request until the engine's name is known and the keys are there, and sees to the keys.</summary>
    private void HoldBack(Operation operation)
    {
        var user = operation.User!;
        if (user.Failure is { } failure)
        {
            Finish(operation, SnmpAuthenticationException.ForKeys(operation.Target, failure));
            return;
        }

        Volatile.Write(ref _waitingCount, _waitingCount + 1);
        user.Peer.HoldBack(operation);
        if (!user.Session.NeedsDiscovery)
        {
            user.PrepareKeys();
        }
    }

    /// <summary>Lets those held back try again; some may be held back anew.</summary>
    private void Release(SecuredPeer peer)
    {
        while (peer.TryRelease(out var operation))
        {
            Volatile.Write(ref _waitingCount, _waitingCount - 1);
            if (operation is not null)
            {
                Postpone(operation);
            }
        }
    }

    /// <summary>The request that asked for the engine's name has its answer, or gets none: what waits for it goes on, or the next one asks.</summary>
    private void EndDiscovery(Operation operation)
    {
        operation.User!.Peer.IsDiscovering = false;
        Release(operation.User.Peer);
    }

    private void RetransmitSecured(Operation operation, long now)
    {
        if (!operation.IsDiscovering)
        {
            Shrink(operation);
        }

        if (TryWriteAnew(operation, now, isAttempt: true))
        {
            SendRetransmission(operation);
        }
    }

    /// <summary>Sends the request again because the agent refused it for what has been learned since. That is no attempt.</summary>
    private void SendAnew(Operation operation, long now)
    {
        if (operation.TryTakeSendingAnew() && TryWriteAnew(operation, now, isAttempt: false))
        {
            _wheel.Set(operation);
            Send(operation);
        }
    }

    /// <summary>Writes the request anew; false if it has failed, or waits for the keys of the engine that was found, or that the device has become.</summary>
    private bool TryWriteAnew(Operation operation, long now, bool isAttempt)
    {
        var user = operation.User!;
        if (operation.IsDiscovering ? !user.Session.NeedsDiscovery : !user.IsReady)
        {
            Withdraw(operation, now);
            return false;
        }

        if (operation.HasUsedUpIds)
        {
            TableOf(operation.Target).Rename(operation);
        }

        try
        {
            operation.BeginSending(now, isAttempt);
            return true;
        }
        catch (SnmpException error)
        {
            Finish(operation, error);
            return false;
        }
    }

    /// <summary>Takes the request out of flight, to be sent like a new one as soon as it can be.</summary>
    private void Withdraw(Operation operation, long now)
    {
        Leave(operation);
        operation.Prepare(now);
        Postpone(operation);
        _wheel.Set(operation);
    }
}
