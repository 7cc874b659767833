using Connections.Snmp.Collection;

namespace Connections.Collector.Monitoring;

/// <summary>What a collector counts. Any thread adds, and any reads.</summary>
internal sealed class CollectorStatistics
{
    private readonly long[] _outcomes = new long[(int)CollectOutcome.Failed + 1];
    private long _records;
    private long _blocks;
    private long _octets;
    private long _rows;
    private long _duplicates;
    private long _batches;
    private long _refused;
    private long _released;
    private long _retries;
    private long _repeated;

    /// <summary>How long requests took, from their first packet to their last.</summary>
    internal LatencyHistogram Requests { get; } = new();

    /// <summary>How long it took until results were safe.</summary>
    internal LatencyHistogram Stores { get; } = new();

    internal long Succeeded => Volatile.Read(ref _outcomes[(int)CollectOutcome.Succeeded]);

    internal long DoneWithErrors => Volatile.Read(ref _outcomes[(int)CollectOutcome.DoneWithErrors]);

    internal long Failed => Volatile.Read(ref _outcomes[(int)CollectOutcome.Failed]);

    /// <summary>Requests that ended, and whose results are safe.</summary>
    internal long Answered => Succeeded + DoneWithErrors + Failed;

    /// <summary>Records in blocks that are safe.</summary>
    internal long Records => Volatile.Read(ref _records);

    /// <summary>Blocks that are safe.</summary>
    internal long Blocks => Volatile.Read(ref _blocks);

    /// <summary>The octets of these blocks.</summary>
    internal long Octets => Volatile.Read(ref _octets);

    /// <summary>Rows that the database has taken and did not have before.</summary>
    internal long Rows => Volatile.Read(ref _rows);

    /// <summary>Rows that the database had already.</summary>
    internal long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Transactions of the database.</summary>
    internal long Batches => Volatile.Read(ref _batches);

    /// <summary>What came and was no request.</summary>
    internal long Refused => Volatile.Read(ref _refused);

    /// <summary>Requests that were given back, to be done again.</summary>
    internal long Released => Volatile.Read(ref _released);

    /// <summary>Attempts to store something that failed and were made again.</summary>
    internal long Retries => Volatile.Read(ref _retries);

    /// <summary>Requests that came again while they were being carried out.</summary>
    internal long Repeated => Volatile.Read(ref _repeated);

    internal void End(in RequestResult result)
    {
        Interlocked.Increment(ref _outcomes[(int)result.Outcome]);
        Requests.Add(result.Elapsed);
    }

    internal void Store(int records, long octets, TimeSpan took)
    {
        Interlocked.Increment(ref _blocks);
        Interlocked.Add(ref _records, records);
        Interlocked.Add(ref _octets, octets);
        Stores.Add(took);
    }

    internal void Insert(long added, long duplicates)
    {
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _rows, added);
        Interlocked.Add(ref _duplicates, duplicates);
    }

    internal void Refuse() => Interlocked.Increment(ref _refused);

    internal void Release() => Interlocked.Increment(ref _released);

    internal void Retry() => Interlocked.Increment(ref _retries);

    internal void Repeat() => Interlocked.Increment(ref _repeated);
}
