using Connections.Native.Sync;

namespace Connections.Native.Rpc.Arbitration;

/// <summary>
/// Waits for those calls of a client that have tickets: one thread, which sleeps on the client's bell in shared memory, and, several times a second,
/// takes back what the dead have left. There is none while nobody waits.
/// </summary>
/// <param name="registry">The registry.</param>
/// <param name="client">The client.</param>
/// <param name="waitForServer">How long calls wait where nobody serves.</param>
/// <param name="findFault">Why nobody would serve.</param>
/// <param name="sweepInterval">How often it takes back what the dead have left; null for several times a second.</param>
internal sealed class SeatWatch(
    SharedRegistry registry, int client, TimeSpan waitForServer, Func<Exception?> findFault, TimeSpan? sweepInterval = null)
{
    private const int StackSize = 256 * 1024;

    private readonly TimeSpan _sweepInterval = sweepInterval ?? TimeSpan.FromMilliseconds(100);

    private readonly Lock _mutex = new();
    private readonly List<SeatWait> _waits = [];
    private TaskCompletionSource _ended = NewEnd();
    private bool _isRunning;
    private bool _isStopped;

    /// <summary>Lets a ticket be watched.</summary>
    /// <exception cref="ObjectDisposedException">The client has been disposed.</exception>
    public SeatWait Add(ulong ticket)
    {
        var wait = new SeatWait(ticket, MonotonicTime.After(waitForServer));
        lock (_mutex)
        {
            ObjectDisposedException.ThrowIf(_isStopped, typeof(RpcClient));
            _waits.Add(wait);
            if (!_isRunning)
            {
                _isRunning = true;
                var ended = _ended = NewEnd();
                new Thread(() => Run(ended), StackSize) { IsBackground = true, Name = "Connections seats" }.Start();
            }
        }

        return wait;
    }

    /// <summary>Watches a ticket no longer. False if it has been used up.</summary>
    public bool Remove(SeatWait wait)
    {
        lock (_mutex)
        {
            return _waits.Remove(wait);
        }
    }

    /// <summary>Fails all waits; nobody is watched any more. Completes when nothing is done in the registry any more, which may be left then.</summary>
    public Task StopAsync()
    {
        lock (_mutex)
        {
            _isStopped = true;
            End(static _ => true, static () => new ObjectDisposedException(nameof(RpcClient), "The client was disposed."));
            registry.Write(RegistryLayout.Bell(client), registry.Read(RegistryLayout.Bell(client)) + 1);
            registry.Wake(RegistryLayout.Bell(client));
            if (!_isRunning)
            {
                _ended.TrySetResult();
            }

            return _ended.Task;
        }
    }

    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whatever goes wrong is told to those who wait: on a thread of its own it would end the process.
    private void Run(TaskCompletionSource ended)
    {
        try
        {
            Watch();
        }
        catch (Exception error)
        {
            lock (_mutex)
            {
                _isRunning = false;
                End(static _ => true, () => error);
            }
        }
        finally
        {
            ended.SetResult();
        }
    }

    private void Watch()
    {
        var nextSweep = MonotonicTime.After(_sweepInterval);
        var bell = RegistryLayout.Bell(client);
        while (true)
        {
            // Read before the tickets, so that what rings after they were looked at does not let it sleep.
            var heard = (uint)registry.Read(bell);
            if (MonotonicTime.Now >= nextSweep)
            {
                Sweep();
                nextSweep = MonotonicTime.After(_sweepInterval);
            }

            lock (_mutex)
            {
                Collect();
                if (_waits.Count == 0)
                {
                    _isRunning = false;
                    return;
                }
            }

            registry.Sleep(bell, heard, nextSweep);
        }
    }

    private void Collect()
    {
        for (var i = 0; i < _waits.Count; i++)
        {
            if (registry.Protocol.TryCollect(client, _waits[i].Ticket, out var claim))
            {
                _waits[i].Complete(claim);
                _waits.RemoveAt(i--);
            }
        }
    }

    private void Sweep()
    {
        registry.Protocol.Sweep();
        var fault = findFault();
        lock (_mutex)
        {
            var now = MonotonicTime.Now;
            if (fault is null)
            {
                var later = MonotonicTime.After(waitForServer);
                _waits.ForEach(wait => wait.Patience = later);
            }
            else
            {
                End(wait => fault is not NoServerException || now >= wait.Patience, () => fault);
            }
        }
    }

    private void End(Func<SeatWait, bool> isOver, Func<Exception> newError)
    {
        foreach (var wait in _waits.Where(isOver).ToList())
        {
            _waits.Remove(wait);
            wait.Fail(TryWithdraw(wait) ?? newError());
        }
    }

    // What prevents it is told to the one who waited, and keeps nobody else from being told.
    private Exception? TryWithdraw(SeatWait wait)
    {
        try
        {
            registry.Protocol.Withdraw(client, wait.Ticket);
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
