namespace Connections.Snmp.Agent;

/// <summary>
/// Decides which faults happen, and counts them: a stream of random numbers for each kind of fault, so that turning one on does not move another.
/// Drawn on the agent's thread alone; the counts may be read from any.
/// </summary>
internal sealed class FaultDice
{
    private static readonly int Kinds = Enum.GetValues<FaultKind>().Length;
    private readonly SeededRandom[] _random = new SeededRandom[Kinds];
    private readonly long[] _counts = new long[Kinds];

    public FaultDice(ulong seed)
    {
        var seeds = new SeededRandom(seed);
        foreach (ref var random in _random.AsSpan())
        {
            random = new SeededRandom(seeds.Next());
        }
    }

    /// <summary>Whether a fault is due. Draws only where it may be.</summary>
    public bool IsDue(FaultKind kind, double probability) => probability > 0 && _random[(int)kind].NextDouble() < probability;

    /// <summary>Whether a fault is due, which is then counted.</summary>
    public bool Happens(FaultKind kind, double probability)
    {
        var isDue = IsDue(kind, probability);
        if (isDue)
        {
            Count(kind);
        }

        return isDue;
    }

    /// <summary>A number from 0 up to, not including, the limit, from the stream of a fault.</summary>
    public int Next(FaultKind kind, int limit) => (int)_random[(int)kind].Next((ulong)limit);

    /// <summary>Fills octets from the stream of a fault.</summary>
    public void Fill(FaultKind kind, Span<byte> octets)
    {
        foreach (ref var octet in octets)
        {
            octet = (byte)_random[(int)kind].Next();
        }
    }

    public void Count(FaultKind kind) => Volatile.Write(ref _counts[(int)kind], _counts[(int)kind] + 1);

    public long CountOf(FaultKind kind) => Volatile.Read(ref _counts[(int)kind]);
}
