namespace Connections.Benchmarks.Snmp;

/// <summary>User code as one writes it: many loops, each of which awaits one call after the other and counts what it got.</summary>
internal abstract class LoopClient(int loops)
{
    private readonly long[] _counts = new long[loops];
    private volatile bool _isStopping;

    protected bool IsStopping => _isStopping;

    internal async Task<Sample> MeasureAsync(Window window)
    {
        _isStopping = false;
        var running = Enumerable.Range(0, loops).Select(LoopAsync).ToArray();
        await Task.Delay(window.Ramp);
        var meter = new Meter(_counts.Sum());
        await Task.Delay(window.Length);
        var sample = meter.Read(_counts.Sum());
        _isStopping = true;
        await Task.WhenAll(running);
        return sample;
    }

    /// <summary>Runs one loop until <see cref="IsStopping"/>.</summary>
    protected abstract Task LoopAsync(int loop);

    protected void Count(int loop, long units = 1) => _counts[loop] += units;
}
