using System.Diagnostics;

namespace Connections.Benchmarks.Snmp;

/// <summary>Keeps client and agent on processors of their own, where there are several.</summary>
internal static class Processors
{
    internal static void UseForClient() => Use(Process.GetCurrentProcess(), 1);

    internal static void UseForAgent() => UseForAgent(Process.GetCurrentProcess());

    internal static void UseForAgent(Process process)
    {
        var all = Environment.ProcessorCount >= 62 ? ~0L : (1L << Environment.ProcessorCount) - 1;
        if (Environment.ProcessorCount > 1)
        {
            Use(process, all & ~1L);
        }
    }

    private static void Use(Process process, long mask)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            process.ProcessorAffinity = (nint)mask;
        }
    }
}
