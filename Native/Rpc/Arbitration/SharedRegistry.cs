using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Native.Rpc.Arbitration;

/// <summary>
/// The registry of a name in shared memory, as one participant sees it. It is made by the first participant and removed by the last one; one that
/// the dead have left is cleaned by the next participant.
/// </summary>
internal sealed unsafe class SharedRegistry : IRegistryMemory, IDisposable
{
    /// <summary>What the names of registries end in.</summary>
    public const string Extension = ".rpc";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LittlePatience = TimeSpan.FromMilliseconds(20);

    private readonly HybridLock _lock;
    private readonly Segment _segment;
    private readonly MappedMemory _memory;

    // The thread that joins or leaves has the lock around the other steps of that.
    private volatile int _ownerThread;

    private SharedRegistry(HybridLock guard, Segment segment)
    {
        _lock = guard;
        _segment = segment;
        _memory = segment.Memory;
        Protocol = new Registry(this);
    }

    /// <summary>What is done with it.</summary>
    public Registry Protocol { get; }

    /// <summary>Opens or makes the registry of a name, and takes part in it before anybody could remove it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="state">What <paramref name="join"/> needs.</param>
    /// <param name="join">Takes part.</param>
    /// <param name="member">As which it takes part.</param>
    /// <exception cref="SharedMemoryException">Memory or its directory cannot be had, or there are too many participants.</exception>
    /// <exception cref="HybridLockTimeoutException">Another process has the lock of the registry, and has been stopped.</exception>
    public static SharedRegistry Open<TState>(string name, TState state, Func<Registry, TState, int?> join, out int member)
    {
        var path = SegmentDirectory.FileOf(SegmentDirectory.Prepare(null), name, Extension);
        var guard = new HybridLock("rpc-" + name);
        SharedRegistry? registry = null;
        try
        {
            using (guard.Lock(Patience))
            {
                Segment? segment;
                do
                {
                    segment = Segment.TryOpen(path, RegistryLayout.Kind, RegistryLayout.Size, removeUnusable: true)
                        ?? Segment.TryCreate(path, RegistryLayout.Kind, RegistryLayout.Size, OwnerOnly, 0, static (_, _) => { });
                }
                while (segment is null);

                registry = new SharedRegistry(guard, segment) { _ownerThread = Environment.CurrentManagedThreadId };
                member = join(registry.Protocol, state)
                    ?? throw new SharedMemoryException($"shm://{name} has {RegistryLayout.MostServers} servers or {RegistryLayout.MostClients} clients already, which is the most there can be.");
                registry._ownerThread = 0;
                guard = null;
                return registry;
            }
        }
        finally
        {
            if (guard is not null)
            {
                registry?._segment.Dispose();
                guard.Dispose();
            }
        }
    }

    /// <summary>Leaves; the last one removes the registry.</summary>
    /// <param name="leave">Does so, and tells whether it is the last one.</param>
    public void Leave(Func<Registry, bool> leave)
    {
        using (_lock.Lock(Patience))
        {
            _ownerThread = Environment.CurrentManagedThreadId;
            if (leave(Protocol))
            {
                _segment.Remove();
            }

            _ownerThread = 0;
        }

        Dispose();
    }

    public void Dispose()
    {
        _segment.Dispose();
        _lock.Dispose();
    }

    /// <summary>Sleeps while a bell has not rung since it was read, until a time at the latest.</summary>
    public void Sleep(int bell, uint heard, long deadline)
    {
        Futex.Sleep(_memory.Words + bell, heard, deadline);
        GC.KeepAlive(_memory);
    }

    public ulong Read(int word) => Volatile.Read(ref At(word));

    public void Write(int word, ulong value) => Volatile.Write(ref At(word), value);

    public bool TryReplace(int word, ulong expected, ulong value) => Interlocked.CompareExchange(ref At(word), value, expected) == expected;

    public bool IsAlive(ulong identity) => PackedIdentity.IsAlive(identity);

    public void Wake(int bell)
    {
        Futex.WakeUp(_memory.Words + bell, int.MaxValue);
        GC.KeepAlive(_memory);
    }

    public void Enter()
    {
        if (_ownerThread != Environment.CurrentManagedThreadId)
        {
            _lock.Lock(Patience);
        }
    }

    public bool TryEnter()
    {
        try
        {
            if (_ownerThread != Environment.CurrentManagedThreadId)
            {
                _lock.Lock(LittlePatience);
            }

            return true;
        }
        catch (HybridLockTimeoutException)
        {
            return false;
        }
    }

    public void Exit()
    {
        if (_ownerThread != Environment.CurrentManagedThreadId)
        {
            _lock.Unlock();
        }
    }

    private ref ulong At(int word) => ref Unsafe.AsRef<ulong>(_memory.Words + word);
}
