using System.Runtime.InteropServices;

namespace Connections.Snmp.Transport.Linux;

/// <summary>The kernel's <c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    internal void* Base;
    internal nuint Length;
}

/// <summary>The kernel's <c>struct msghdr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    internal DatagramEndPoint* Name;
    internal uint NameLength;
    internal IoVector* Vectors;
    internal nuint VectorCount;
    internal void* Control;
    internal nuint ControlLength;
    internal int Flags;
}

/// <summary>The kernel's <c>struct mmsghdr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct MultiMessageHeader
{
    internal MessageHeader Header;
    internal uint Length;
}

/// <summary>The kernel's <c>struct cmsghdr</c>; the data follow it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    internal nuint Length;
    internal int Level;
    internal int Type;
}

/// <summary>The kernel's <c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    internal int Descriptor;
    internal short Events;
    internal short Returned;
}

/// <summary>The kernel's <c>struct sock_extended_err</c> (ip(7), IP_RECVERR).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ExtendedError
{
    internal uint Errno;
    internal byte Origin;
    internal byte Type;
    internal byte Code;
    internal byte Padding;
    internal uint Info;
    internal uint Data;
}
