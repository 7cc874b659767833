using System.Diagnostics;

namespace Connections.Benchmarks.Snmp;

/// <summary>Measures this process over one window.</summary>
internal sealed class Meter
{
    private readonly Environment.ProcessCpuUsage _cpu = Environment.CpuUsage;
    private readonly long _allocated = GC.GetTotalAllocatedBytes();
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private readonly long _units;

    internal Meter(long units) => _units = units;

    internal Sample Read(long units)
    {
        var elapsed = Stopwatch.GetElapsedTime(_startedAt);
        var cpu = Environment.CpuUsage;
        double count = units - _units;
        return new Sample(
            (cpu.TotalTime - _cpu.TotalTime).TotalMicroseconds / count,
            (cpu.UserTime - _cpu.UserTime).TotalMicroseconds / count,
            count / elapsed.TotalSeconds,
            (GC.GetTotalAllocatedBytes() - _allocated) / count,
            Environment.WorkingSet / 1e6);
    }
}
