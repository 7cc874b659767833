namespace Connections.Harness.Watching;

/// <summary>A process as it is now, and how much it has done in each second since it was looked at before.</summary>
/// <param name="Report">What it told.</param>
/// <param name="Before">What it told before; null at the first time.</param>
internal sealed record ProcessView(ProcessReport Report, ProcessReport? Before)
{
    internal double RequestsPerSecond => RateOf("connections.snmp.requests");

    internal double RetransmissionsPerSecond => RateOf("connections.snmp.retransmissions");

    /// <summary>Requests to devices, waits for workers and waits for locks whose time was over.</summary>
    internal double TimeoutsPerSecond => RateOf("connections.snmp.timeouts") + RateOf("connections.pool.timeouts") + RateOf("connections.lock.timeouts");

    /// <summary>How often somebody had to wait for a worker or a lock.</summary>
    internal double WaitsPerSecond => RateOf("connections.pool.wait") + RateOf("connections.lock.wait");

    /// <summary>How long those had to wait, in seconds.</summary>
    internal double MeanWait => Growth("connections.pool.wait") + Growth("connections.lock.wait") is > 0 and var waits
        ? (Growth("connections.pool.wait.sum") + Growth("connections.lock.wait.sum")) / waits
        : 0;

    /// <summary>The pool under an alias; null if there is none.</summary>
    internal PoolReport? PoolOf(ConnectionReport connection) =>
        Report.Pools.FirstOrDefault(pool => pool.Device == connection.Device && pool.Alias == connection.Alias);

    private double RateOf(string name) => Before is not null && Report.UpTime > Before.UpTime ? Growth(name) / (Report.UpTime - Before.UpTime) : 0;

    // A total that has become less has been counted anew.
    private double Growth(string name)
    {
        var (now, before) = (Report.Totals.GetValueOrDefault(name), Before?.Totals.GetValueOrDefault(name) ?? 0);
        return now >= before ? now - before : now;
    }
}
