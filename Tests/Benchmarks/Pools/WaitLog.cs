using System.Diagnostics;

namespace Connections.Benchmarks.Pools;

/// <summary>How long the requests of one task waited; it measures only where the fairness is asked for, since the clock costs time too.</summary>
internal sealed class WaitLog(bool isKept)
{
    private long _longest;
    private long _sum;
    private long _count;

    /// <summary>Notes nothing.</summary>
    public static WaitLog None { get; } = new(isKept: false);

    /// <summary>The longest wait over the mean one, of all logs.</summary>
    public static double Unfairness(IEnumerable<WaitLog> logs)
    {
        WaitLog[] all = [.. logs];
        return all.Max(static log => log._longest) / (all.Sum(static log => (double)log._sum) / all.Sum(static log => log._count));
    }

    public long Ask() => isKept ? Stopwatch.GetTimestamp() : 0;

    public void Grant(long asked)
    {
        if (!isKept)
        {
            return;
        }

        var waited = Stopwatch.GetTimestamp() - asked;
        _longest = Math.Max(_longest, waited);
        _sum += waited;
        _count++;
    }
}
