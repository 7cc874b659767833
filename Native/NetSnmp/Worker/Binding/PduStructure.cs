using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>The beginning of the library's <c>struct snmp_pdu</c> of version 5.9 on 64-bit Linux; the library makes and frees them.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct PduStructure
{
    [FieldOffset(0)]
    internal nint Version;

    [FieldOffset(8)]
    internal int Command;

    [FieldOffset(16)]
    internal nint RequestId;

    // Of a GETBULK: the number of non-repeaters.
    [FieldOffset(48)]
    internal nint ErrorStatus;

    // Of a GETBULK: the maximum of repetitions.
    [FieldOffset(56)]
    internal nint ErrorIndex;

    [FieldOffset(80)]
    internal int SecurityModel;

    [FieldOffset(136)]
    internal VariableStructure* Variables;
}
