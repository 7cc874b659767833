using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport.Linux;

/// <summary><c>struct timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TimeSpecification(TimeSpan time)
{
    private readonly nint _seconds = (nint)(time.Ticks / TimeSpan.TicksPerSecond);
    private readonly nint _nanoseconds = (nint)(time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick);
}
