using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory.Sockets;

/// <summary>
/// A stream socket of this machine that never blocks: by it two processes meet, it hands over a descriptor and rings, and the kernel ends it
/// at the instant at which one of them dies. Thread-safe.
/// </summary>
internal sealed unsafe class UnixSocket : IDisposable
{
    private const uint OwnerOnly = 0x180;
    private const int LongestPath = 107;
    private const int PathOffset = sizeof(ushort);
    private const int Backlog = 4096;

    private UnixSocket(SafeFileHandle handle) => Handle = handle;

    public SafeFileHandle Handle { get; }

    /// <summary>Makes a socket that listens at a path, and that its owner alone may connect to.</summary>
    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public static UnixSocket Listen(string path)
    {
        var socket = Create(SocketCalls.Stream);
        Span<byte> address = stackalloc byte[PathOffset + LongestPath + 1];
        var length = WriteAddress(path, address);
        fixed (byte* start = address)
        {
            // The mode before the bind, so that there is no moment at which others could connect.
            if (Libc.ChangeMode(socket.Handle, OwnerOnly) == 0
                && SocketCalls.Bind(socket.Handle, start, length) == 0
                && SocketCalls.Listen(socket.Handle, Backlog) == 0)
            {
                return socket;
            }
        }

        var error = Libc.LastError;
        socket.Dispose();
        throw new SharedMemoryException($"A socket at {path} cannot be made: {error.Message}.", error);
    }

    /// <summary>Connects to a path.</summary>
    /// <param name="path">Where somebody may listen.</param>
    /// <param name="error">What the system says, 0 if it has connected.</param>
    /// <returns>The socket; null if the system has refused.</returns>
    public static UnixSocket? TryConnect(string path, out int error)
    {
        var socket = Create(SocketCalls.Stream);
        error = Connect(socket, path);
        if (error == 0)
        {
            return socket;
        }

        socket.Dispose();
        return null;
    }

    /// <summary>Whether a path is that of a socket which nobody has any more. Whoever listens at it notices nothing of the question.</summary>
    public static bool IsDead(string path)
    {
        // A socket of another type than the listener's: the kernel looks first whether there is one, then whether the types agree.
        using var probe = Create(SocketCalls.Datagram);
        return Connect(probe, path) == SocketCalls.ConnectionRefused;
    }

    /// <summary>Takes one who has connected; null if nobody has.</summary>
    /// <exception cref="SharedMemoryException">The system refuses, for example because this process has no descriptor left.</exception>
    public UnixSocket? TryAccept()
    {
        while (true)
        {
            var handle = SocketCalls.Accept(Handle, null, null, SocketCalls.NonBlocking | SocketCalls.CloseOnExec);
            if (!handle.IsInvalid)
            {
                return new UnixSocket(handle);
            }

            var error = Libc.LastError;
            handle.Dispose();
            switch (error.NativeErrorCode)
            {
                case SocketCalls.TryAgain:
                    return null;
                case Libc.Interrupted or SocketCalls.ConnectionAborted:
                    break;
                default:
                    throw new SharedMemoryException($"A process that connects cannot be let in: {error.Message}.", error);
            }
        }
    }

    /// <summary>Who was at the other end when the connection was made.</summary>
    public SocketCalls.Credentials ReadPeer()
    {
        SocketCalls.Credentials peer;
        var length = (uint)sizeof(SocketCalls.Credentials);
        return SocketCalls.GetOption(Handle, SocketCalls.SocketLevel, SocketCalls.PeerCredentials, &peer, &length) == 0
            ? peer
            : throw new SharedMemoryException($"Who has connected cannot be told: {Libc.LastError.Message}.", Libc.LastError);
    }

    /// <summary>Sends bytes with a descriptor. They are few, and the first: they go at once, or not at all.</summary>
    /// <returns>False if the peer has gone.</returns>
    public bool TrySend<T>(in T value, SafeFileHandle descriptor)
        where T : unmanaged
    {
        var isReferred = false;
        try
        {
            descriptor.DangerousAddRef(ref isReferred);
            var control = new SocketCalls.DescriptorMessage
            {
                OwnLength = SocketCalls.DescriptorMessage.Length,
                Level = SocketCalls.SocketLevel,
                Type = SocketCalls.Rights,
                Descriptor = (int)descriptor.DangerousGetHandle(),
            };
            fixed (T* bytes = &value)
            {
                var piece = new SocketCalls.Piece { Start = bytes, Length = (nuint)sizeof(T) };
                var message = MessageOf(&piece, &control, (nuint)sizeof(SocketCalls.DescriptorMessage));
                return SocketCalls.SendMessage(Handle, &message, SocketCalls.DoNotWait | SocketCalls.NoSignal) == sizeof(T);
            }
        }
        finally
        {
            if (isReferred)
            {
                descriptor.DangerousRelease();
            }
        }
    }

    /// <summary>Receives bytes with a descriptor.</summary>
    /// <param name="value">The bytes, which may be any.</param>
    /// <param name="descriptor">The descriptor; null if the peer has sent none.</param>
    /// <returns>Null if nothing has come yet; false if the peer has gone, or sent something of another length.</returns>
    public bool? TryReceive<T>(out T value, out SafeFileHandle? descriptor)
        where T : unmanaged
    {
        T bytes;
        Unsafe.SkipInit(out SocketCalls.DescriptorMessage control);
        var piece = new SocketCalls.Piece { Start = &bytes, Length = (nuint)sizeof(T) };
        var message = MessageOf(&piece, &control, SocketCalls.DescriptorMessage.Length);
        nint count;
        do
        {
            count = SocketCalls.ReceiveMessage(Handle, &message, SocketCalls.DoNotWait | SocketCalls.ReceivedCloseOnExec);
        }
        while (count < 0 && Libc.LastError.NativeErrorCode == Libc.Interrupted);

        descriptor = count > 0 && message.ControlLength >= SocketCalls.DescriptorMessage.Length
            && control is { Level: SocketCalls.SocketLevel, Type: SocketCalls.Rights }
            ? new SafeFileHandle(control.Descriptor, ownsHandle: true)
            : null;
        value = count == sizeof(T) ? bytes : default;
        return count < 0 && Libc.LastError.NativeErrorCode == SocketCalls.TryAgain ? null : count == sizeof(T);
    }

    /// <summary>Lets the peer's doorbell ring. If it has not listened to so many rings that there is no room for one more, it will ring anyway.</summary>
    public void Ring()
    {
        byte any = 0;
        SocketCalls.Send(Handle, &any, 1, SocketCalls.DoNotWait | SocketCalls.NoSignal);
    }

    /// <summary>Listens to the rings that have come; false if the peer has gone.</summary>
    public bool Hear()
    {
        const int Many = 256;
        var rings = stackalloc byte[Many];
        var count = SocketCalls.Receive(Handle, rings, Many, SocketCalls.DoNotWait);
        return count > 0 || (count < 0 && Libc.LastError.NativeErrorCode is SocketCalls.TryAgain or Libc.Interrupted);
    }

    /// <summary>Ends the connection for both, at once; the descriptor is closed by <see cref="Dispose"/>.</summary>
    public void ShutDown() => _ = SocketCalls.ShutDown(Handle, SocketCalls.BothWays);

    public void Dispose() => Handle.Dispose();

    /// <summary>Whether a socket can have the path.</summary>
    public static bool CanHave(string path) => Encoding.UTF8.GetByteCount(path) <= LongestPath;

    private static UnixSocket Create(int type)
    {
        var handle = SocketCalls.Create(SocketCalls.UnixDomain, type | SocketCalls.NonBlocking | SocketCalls.CloseOnExec, 0);
        if (!handle.IsInvalid)
        {
            return new UnixSocket(handle);
        }

        var error = Libc.LastError;
        handle.Dispose();
        throw new SharedMemoryException($"A socket cannot be made: {error.Message}.", error);
    }

    private static int Connect(UnixSocket socket, string path)
    {
        Span<byte> address = stackalloc byte[PathOffset + LongestPath + 1];
        var length = WriteAddress(path, address);
        fixed (byte* start = address)
        {
            return SocketCalls.Connect(socket.Handle, start, length) == 0 ? 0 : Libc.LastError.NativeErrorCode;
        }
    }

    private static uint WriteAddress(string path, Span<byte> address)
    {
        BitConverter.TryWriteBytes(address, (ushort)SocketCalls.UnixDomain);
        var length = PathOffset + Encoding.UTF8.GetBytes(path, address[PathOffset..^1]);
        address[length] = 0;
        return (uint)length + 1;
    }

    private static SocketCalls.MessageHeader MessageOf(SocketCalls.Piece* piece, SocketCalls.DescriptorMessage* control, nuint controlLength) =>
        new() { Pieces = piece, PieceCount = 1, Control = control, ControlLength = controlLength };
}
