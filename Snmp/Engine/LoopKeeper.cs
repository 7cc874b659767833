namespace Connections.Snmp.Engine;

/// <summary>
/// Watches over a loop whose thread runs user code now and then: when that code keeps the thread, the loop goes to another one, and the thread learns that it has it no
/// longer when it comes back. So user code may do there what it likes.
/// </summary>
/// <param name="takeOver">Starts the loop on another thread. Called by the keeper's own thread, while the loop is nobody's.</param>
internal sealed class LoopKeeper(Action takeOver) : IDisposable
{
    // For how long user code may keep the thread, in milliseconds; up to twice that passes before it is seen.
    private const int Patience = 4;

    // After so many looks at a loop that does nothing the keeper sleeps until it is woken.
    private const int LooksBeforeSleep = 64;

    private readonly AutoResetEvent _wake = new(initialState: false);
    private Thread? _thread;
    private long _entries;
    private long _current;
    private volatile bool _isAsleep;
    private volatile bool _isDisposed;

    /// <summary>Whether nothing happened for so long that the keeper waits to be woken.</summary>
    internal bool IsAsleep => _isAsleep;

    /// <summary>Says that the loop's thread goes into user code. What it wrote before is seen by the thread that takes the loop over.</summary>
    /// <returns>What <see cref="TryLeave"/> needs.</returns>
    internal long Enter()
    {
        var entry = _entries + 1;
        Volatile.Write(ref _entries, entry);

        // Before the look at whether the keeper sleeps, which looks once more after it said so.
        Interlocked.Exchange(ref _current, entry);
        if (_thread is null)
        {
            Start();
        }
        else if (_isAsleep)
        {
            _wake.Set();
        }

        return entry;
    }

    /// <summary>Says that the thread has come back; false if it has the loop no longer, and must leave all that belongs to it alone.</summary>
    internal bool TryLeave(long entry) => Interlocked.CompareExchange(ref _current, 0, entry) == entry;

    /// <summary>Ends the watch, which nobody needs any more.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _wake.Set();
    }

    private void Start()
    {
        _thread = new Thread(Watch) { IsBackground = true, Name = "SNMP engine keeper" };
        _thread.UnsafeStart();
    }

    private void Watch()
    {
        var (seen, entriesSeen) = (0L, 0L);
        for (var idle = 0; !_isDisposed;)
        {
            var (current, entries) = (Volatile.Read(ref _current), Volatile.Read(ref _entries));
            if (current != 0 && current == seen && Interlocked.CompareExchange(ref _current, 0, current) == current)
            {
                takeOver();
            }

            idle = current == 0 && entries == entriesSeen ? idle + 1 : 0;
            (seen, entriesSeen) = (current, entries);
            if (idle < LooksBeforeSleep)
            {
                _wake.WaitOne(Patience);
            }
            else
            {
                Sleep(entries);
                idle = 0;
            }
        }
    }

    private void Sleep(long entries)
    {
        _isAsleep = true;
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _entries) == entries && !_isDisposed)
        {
            _wake.WaitOne();
        }

        _isAsleep = false;
    }
}
