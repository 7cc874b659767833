using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory.Doorbells;

/// <summary>
/// The one thread of this process that sleeps until something happens at one of its sockets (epoll(7)). It starts with the first of them, and
/// runs nobody's code but that of <see cref="IDoorbellTarget"/>. Thread-safe.
/// </summary>
internal static unsafe partial class Doorbell
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Delete = 2;
    private const int Modify = 3;
    private const uint Readable = 0x1;
    private const uint PeerGone = 0x2000;
    private const uint Once = 1u << 30;
    private const int MostAtOnce = 64;
    private const int StackSize = 256 * 1024;

    // The kernel packs struct epoll_event on x64 alone.
    private static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    private static readonly ConcurrentDictionary<long, IDoorbellTarget> Targets = new();
    private static readonly Lazy<SafeFileHandle> Set = new(Start);
    private static long _lastId;

    /// <summary>Has a target told whenever a socket can be read, or its peer has gone; it is told again until it is not so any more.</summary>
    /// <returns>What <see cref="Unregister"/> takes.</returns>
    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public static long Register(SafeFileHandle socket, IDoorbellTarget target) => Register(socket, target, Readable | PeerGone);

    /// <summary>Has a target told once for each <see cref="Rearm"/>, the first time yet to come.</summary>
    /// <inheritdoc cref="Register(SafeFileHandle, IDoorbellTarget)"/>
    public static long RegisterDisarmed(SafeFileHandle socket, IDoorbellTarget target) => Register(socket, target, Once);

    /// <summary>Has it told once more.</summary>
    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public static void Rearm(SafeFileHandle socket, long id) => ThrowIf(Change(Modify, socket, id, Readable | PeerGone | Once) != 0);

    /// <summary>Has it told no more, unless the thread is just about to. A second call does nothing.</summary>
    public static void Unregister(SafeFileHandle socket, long id)
    {
        if (Targets.TryRemove(id, out _))
        {
            _ = Change(Delete, socket, id, 0);
        }
    }

    private static long Register(SafeFileHandle socket, IDoorbellTarget target, uint events)
    {
        var id = Interlocked.Increment(ref _lastId);
        Targets[id] = target;
        if (Change(Add, socket, id, events) != 0)
        {
            Targets.TryRemove(id, out _);
            ThrowIf(true);
        }

        return id;
    }

    private static int Change(int operation, SafeFileHandle socket, long id, uint events)
    {
        var change = stackalloc byte[EventSize];
        *(uint*)change = events;
        *(long*)(change + EventSize - sizeof(long)) = id;
        return Control(Set.Value, operation, socket, change);
    }

    private static SafeFileHandle Start()
    {
        var set = Create(CloseOnExec);
        ThrowIf(set.IsInvalid);
        new Thread(() => Serve(set), StackSize) { IsBackground = true, Name = "doorbell" }.UnsafeStart();
        return set;
    }

    [DoesNotReturn]
    private static void Serve(SafeFileHandle set)
    {
        var events = stackalloc byte[MostAtOnce * EventSize];
        while (true)
        {
            var count = Wait(set, events, MostAtOnce, -1);
            for (var i = 0; i < count; i++)
            {
                // Ids are not used again, so what was unregistered meanwhile is not mistaken for another.
                if (Targets.TryGetValue(*(long*)(events + ((i + 1) * EventSize) - sizeof(long)), out var target))
                {
                    target.OnRing();
                }
            }
        }
    }

    private static void ThrowIf(bool hasFailed)
    {
        if (hasFailed)
        {
            var error = Libc.LastError;
            throw new SharedMemoryException($"What happens at a socket cannot be watched: {error.Message}.", error);
        }
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial SafeFileHandle Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle set, int operation, SafeFileHandle socket, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(SafeFileHandle set, byte* events, int most, int milliseconds);
}
