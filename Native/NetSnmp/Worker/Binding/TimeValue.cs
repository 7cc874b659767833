using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>The C library's <c>struct timeval</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeValue
{
    internal nint Seconds;
    internal nint Microseconds;
}
