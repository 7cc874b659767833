using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>The library's <c>struct counter64</c>: two halves of 32 bits, in 64 bits each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Counter64Structure(ulong number)
{
    private readonly nuint _high = (nuint)(number >> 32);
    private readonly nuint _low = (nuint)(number & uint.MaxValue);

    internal ulong Number => ((ulong)_high << 32) | (_low & uint.MaxValue);
}
