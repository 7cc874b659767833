namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// What is known of one remote engine: its name, and its clock (RFC 3414 section 2.3). Several users of one agent may share it; two agents,
/// even with one name, never do. One thread at a time may change it; any thread may read it meanwhile.
/// </summary>
internal sealed class UsmPeer(TimeProvider time)
{
    /// <summary>By how many seconds a message may lag (RFC 3414 section 2.2.3).</summary>
    public const int Window = 150;

    // A clock that is told anew and differs by no more runs on as it did: no agent refuses a message for that.
    private const int Jitter = 10;

    private volatile UsmPeerState _state = new(default, 0, 0, time.GetTimestamp(), IsSynchronized: false, Version: 0);
    private int _latestTime;

    /// <summary>All that a message needs to be written, as it is at one moment.</summary>
    public UsmPeerState State => _state;

    /// <summary>The engine's name; empty before it is known.</summary>
    public SnmpEngineId EngineId => _state.EngineId;

    /// <summary>Whether a signed message told the engine's clock.</summary>
    public bool IsSynchronized => _state.IsSynchronized;

    /// <summary>Another number once the name has changed or the clock has jumped: what was sent before may have been refused for that.</summary>
    public int Version => _state.Version;

    /// <summary>The largest message that the engine said it takes; <see cref="int.MaxValue"/> before it said so.</summary>
    public int MaxSize { get; private set; } = int.MaxValue;

    /// <summary>The clock as it must stand now. Before a signed message told it, what an unsigned one claimed, which only costs a round trip if
    /// it is wrong.</summary>
    public (int Boots, int Time) Now => ClockOf(_state);

    /// <summary>The clock as it must stand now, by what was known at a moment.</summary>
    public (int Boots, int Time) ClockOf(UsmPeerState state)
    {
        var elapsed = (long)time.GetElapsedTime(state.LearnedAt).TotalSeconds;
        return (state.Boots, (int)Math.Min(state.Time + elapsed, int.MaxValue));
    }

    /// <summary>Takes over a name, and forgets the clock of the engine before.</summary>
    public void Rename(SnmpEngineId engineId)
    {
        MaxSize = int.MaxValue;
        _latestTime = 0;
        _state = new UsmPeerState(engineId, 0, 0, time.GetTimestamp(), IsSynchronized: false, _state.Version + 1);
    }

    /// <summary>Keeps what an unsigned message claims of the clock, until a signed one tells it.</summary>
    public void Hint(int boots, int seconds)
    {
        if (!IsSynchronized)
        {
            Set(boots, seconds);
        }
    }

    /// <summary>Keeps the largest message that the engine takes, if it is one that the standard allows (RFC 3412 section 6.3).</summary>
    public void NoteMaxSize(int octets)
    {
        const int SmallestAllowed = 484;
        MaxSize = Math.Max(octets, SmallestAllowed);
    }

    /// <summary>Learns from a signed message, and judges it (RFC 3414 section 3.2 step 7 b).</summary>
    /// <returns>Whether the message is within the time window.</returns>
    public bool Observe(int boots, int seconds)
    {
        var state = _state;
        if (!state.IsSynchronized || boots > state.Boots || (boots == state.Boots && seconds > _latestTime))
        {
            Synchronize(boots, seconds);
        }

        var now = Now;
        return now.Boots != int.MaxValue && boots >= now.Boots && seconds >= (long)now.Time - Window;
    }

    /// <summary>Takes over the clock of a signed message, even backwards.</summary>
    public void Synchronize(int boots, int seconds)
    {
        _latestTime = seconds;
        Set(boots, seconds, isSynchronized: true);
    }

    private void Set(int boots, int seconds, bool isSynchronized = false)
    {
        var state = _state;
        var before = ClockOf(state);
        var jumps = boots != before.Boots || Math.Abs((long)seconds - before.Time) > Jitter;
        _state = new UsmPeerState(
            state.EngineId, boots, seconds, time.GetTimestamp(), isSynchronized, jumps ? state.Version + 1 : state.Version);
    }
}
