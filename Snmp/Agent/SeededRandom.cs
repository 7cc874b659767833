namespace Connections.Snmp.Agent;

/// <summary>
/// A stream of random numbers that repeats for a seed on every platform and version (SplitMix64), in eight octets, so that a
/// thousand devices each have their own.
/// </summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number from 0 up to, not including, the limit. The bias of the remainder does not matter for a simulation.</summary>
    public ulong Next(ulong limit) => Next() % limit;

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
