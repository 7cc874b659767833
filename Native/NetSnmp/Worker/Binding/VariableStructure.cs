using System.Runtime.InteropServices;

namespace Connections.NetSnmp.Worker.Binding;

/// <summary>The library's <c>struct variable_list</c> of version 5.9 on 64-bit Linux: a varbind. The library makes and frees them.</summary>
[StructLayout(LayoutKind.Explicit, Size = Length)]
internal unsafe struct VariableStructure
{
    internal const int Length = 1136;
    internal const int NameAt = 48;
    internal const int ValueAt = 1072;

    [FieldOffset(0)]
    internal VariableStructure* Next;

    [FieldOffset(8)]
    internal nuint* Name;

    [FieldOffset(16)]
    internal nuint NameLength;

    [FieldOffset(24)]
    internal byte Type;

    [FieldOffset(32)]
    internal byte* Value;

    // In octets, whatever the type.
    [FieldOffset(40)]
    internal nuint ValueLength;
}
