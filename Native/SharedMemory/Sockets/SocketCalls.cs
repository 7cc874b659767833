using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory.Sockets;

/// <summary>The calls of the C library for Unix-domain sockets (unix(7)). Linux alone; one ABI for x64 and arm64.</summary>
internal static unsafe partial class SocketCalls
{
    public const int UnixDomain = 1;
    public const int Stream = 1;
    public const int Datagram = 2;
    public const int NonBlocking = 0x800;
    public const int CloseOnExec = 0x80000;

    public const int SocketLevel = 1;
    public const int PeerCredentials = 17;
    public const int Rights = 1;

    public const int DoNotWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int ReceivedCloseOnExec = 0x40000000;
    public const int BothWays = 2;

    public const int TryAgain = 11;
    public const int WrongType = 91;
    public const int ConnectionAborted = 103;
    public const int ConnectionRefused = 111;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial SafeFileHandle Create(int domain, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(SafeFileHandle socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(SafeFileHandle socket, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial SafeFileHandle Accept(SafeFileHandle socket, byte* address, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(SafeFileHandle socket, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "shutdown", SetLastError = true)]
    public static partial int ShutDown(SafeFileHandle socket, int how);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(SafeFileHandle socket, int level, int option, void* value, uint* length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(SafeFileHandle socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(SafeFileHandle socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    public static partial nint SendMessage(SafeFileHandle socket, MessageHeader* message, int flags);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint ReceiveMessage(SafeFileHandle socket, MessageHeader* message, int flags);

    /// <summary><c>struct ucred</c>.</summary>
    public struct Credentials
    {
        public int ProcessId;
        public uint User;
        public uint Group;
    }

    /// <summary><c>struct iovec</c>.</summary>
    public struct Piece
    {
        public void* Start;
        public nuint Length;
    }

    /// <summary><c>struct msghdr</c>.</summary>
    public struct MessageHeader
    {
        public void* Name;
        public nuint NameLength;
        public Piece* Pieces;
        public nuint PieceCount;
        public void* Control;
        public nuint ControlLength;
        public nint Flags;
    }

    /// <summary><c>struct cmsghdr</c> with one descriptor behind it.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 24)]
    public struct DescriptorMessage
    {
        // Without the padding at the end: with it, the kernel would deliver a second descriptor into it.
        public const int Length = 20;

        public nuint OwnLength;
        public int Level;
        public int Type;
        public int Descriptor;
    }
}
