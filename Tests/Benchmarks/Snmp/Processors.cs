using System.Diagnostics;

namespace Connections.Benchmarks.Snmp;

/// <summary>Keeps client and agent on processors of their own, where there are several.</summary>
internal static class Processors
{
    internal static void UseForClient() => Use(1);

    internal static void UseForAgent()
    {
        var all = Environment.ProcessorCount >= 62 ? ~0L : (1L << Environment.ProcessorCount) - 1;
        if (Environment.ProcessorCount > 1)
        {
            Use(all & ~1L);
        }
    }

    private static void Use(long mask)
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            Process.GetCurrentProcess().ProcessorAffinity = (nint)mask;
        }
    }
}
