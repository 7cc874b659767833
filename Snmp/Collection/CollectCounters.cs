namespace Connections.Snmp.Collection;

/// <summary>What a collector counts; any thread adds.</summary>
internal sealed class CollectCounters
{
    private readonly long[] _outcomes = new long[(int)CollectOutcome.Failed + 1];
    private long _accepted;
    private long _running;
    private long _records;
    private long _blocks;
    private long _octets;

    internal CollectProgress Snapshot => new(
        Volatile.Read(ref _accepted),
        Volatile.Read(ref _running),
        Volatile.Read(ref _outcomes[(int)CollectOutcome.Succeeded]),
        Volatile.Read(ref _outcomes[(int)CollectOutcome.DoneWithErrors]),
        Volatile.Read(ref _outcomes[(int)CollectOutcome.Failed]),
        Volatile.Read(ref _records),
        Volatile.Read(ref _blocks),
        Volatile.Read(ref _octets));

    internal void Accept() => Interlocked.Increment(ref _accepted);

    internal void Start() => Interlocked.Increment(ref _running);

    internal void End(in RequestResult result)
    {
        Interlocked.Decrement(ref _running);
        Interlocked.Increment(ref _outcomes[(int)result.Outcome]);
        Interlocked.Add(ref _records, result.Records);
    }

    internal void Read(ResultBlock block)
    {
        Interlocked.Increment(ref _blocks);
        Interlocked.Add(ref _octets, block.Memory.Length);
    }
}
