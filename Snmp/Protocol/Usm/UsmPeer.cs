namespace Connections.Snmp.Protocol.Usm;

/// <summary>
/// What is known of one remote engine: its name, and its clock (RFC 3414 section 2.3). Several users of one agent may share it; two agents,
/// even with one name, never do. One thread at a time may use it.
/// </summary>
internal sealed class UsmPeer(TimeProvider time)
{
    /// <summary>By how many seconds a message may lag (RFC 3414 section 2.2.3).</summary>
    public const int Window = 150;

    private long _learnedAt;
    private int _boots;
    private int _time;
    private int _latestTime;

    /// <summary>The engine's name; empty before it is known.</summary>
    public SnmpEngineId EngineId { get; private set; }

    /// <summary>Whether a signed message told the engine's clock.</summary>
    public bool IsSynchronized { get; private set; }

    /// <summary>The largest message that the engine said it takes; <see cref="int.MaxValue"/> before it said so.</summary>
    public int MaxSize { get; private set; } = int.MaxValue;

    /// <summary>The clock as it must stand now. Before a signed message told it, what an unsigned one claimed, which only costs a round trip if
    /// it is wrong.</summary>
    public (int Boots, int Time) Now
    {
        get
        {
            var elapsed = (long)time.GetElapsedTime(_learnedAt).TotalSeconds;
            return (_boots, (int)Math.Min(_time + elapsed, int.MaxValue));
        }
    }

    /// <summary>Takes over a name, and forgets the clock of the engine before.</summary>
    public void Rename(SnmpEngineId engineId)
    {
        EngineId = engineId;
        IsSynchronized = false;
        MaxSize = int.MaxValue;
        Set(0, 0);
        _latestTime = 0;
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
        if (!IsSynchronized || boots > _boots || (boots == _boots && seconds > _latestTime))
        {
            Synchronize(boots, seconds);
        }

        var now = Now;
        return now.Boots != int.MaxValue && boots >= now.Boots && seconds >= (long)now.Time - Window;
    }

    /// <summary>Takes over the clock of a signed message, even backwards.</summary>
    public void Synchronize(int boots, int seconds)
    {
        IsSynchronized = true;
        _latestTime = seconds;
        Set(boots, seconds);
    }

    private void Set(int boots, int seconds)
    {
        _learnedAt = time.GetTimestamp();
        _boots = boots;
        _time = seconds;
    }
}
