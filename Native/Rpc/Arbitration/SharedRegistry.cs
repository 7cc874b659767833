using System.Runtime.CompilerServices;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;
using Connections.Pooling;

namespace Connections.Native.Rpc.Arbitration;

/// <summary>
/// The registry of a name in shared memory, as one participant sees it. It is made by the first participant and removed by the last one; one that
/// the dead have left is cleaned by the next participant, or removed by the first one of any other name.
/// </summary>
internal sealed unsafe class SharedRegistry : IRegistryMemory, IDisposable
{
    /// <summary>What the names of registries end in.</summary>
    public const string Extension = ".rpc";

    /// <summary>What the names of their locks begin with.</summary>
    public const string LockPrefix = "rpc-";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LittlePatience = TimeSpan.FromMilliseconds(20);

    private readonly string _name;
    private readonly Segment _segment;
    private readonly MappedMemory _memory;

    // Threads of this process take turns here first, so that whoever finds the lock destroyed may replace it. Who joins or leaves has it around
    // the other steps of that.
    private readonly Lock _turn = new();
    private HybridLock _lock;
    private int _depth;
    private bool _isLeft;

    private SharedRegistry(string name, HybridLock guard, Segment segment)
    {
        _name = name;
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
        var directory = SegmentDirectory.Prepare(null);
        var path = SegmentDirectory.FileOf(directory, name, Extension);
        DeadRegistries.Remove(directory, name);
        while (true)
        {
            var guard = OpenLock(name);
            try
            {
                guard.Lock(Patience);
            }
            catch (LockDestroyedException)
            {
                guard.Dispose();
                continue;
            }
            catch
            {
                guard.Dispose();
                throw;
            }

            return OpenLocked(name, path, guard, state, join, out member);
        }
    }

    /// <summary>Leaves; the last one removes the registry, and one who finds it damaged, so that those who come begin anew.</summary>
    /// <param name="leave">Does so, and tells whether it is the last one.</param>
    public void Leave(Func<Registry, bool> leave)
    {
        lock (_turn)
        {
            try
            {
                Enter();
                try
                {
                    if (IsLast(leave))
                    {
                        _segment.Remove();
                    }
                }
                finally
                {
                    Exit();
                }
            }
            finally
            {
                Dispose();
            }
        }
    }

    public void Dispose()
    {
        lock (_turn)
        {
            _isLeft = true;
            _segment.Dispose();
            _lock.Dispose();
        }
    }

    /// <summary>Sleeps while a bell has not rung since it was read, until a time at the latest.</summary>
    public void Sleep(int bell, uint heard, long deadline)
    {
        Futex.Sleep(Place(bell), heard, deadline);
        GC.KeepAlive(_memory);
    }

    public ulong Read(int word) => Volatile.Read(ref At(word));

    public void Write(int word, ulong value) => Volatile.Write(ref At(word), value);

    public bool TryReplace(int word, ulong expected, ulong value) => Interlocked.CompareExchange(ref At(word), value, expected) == expected;

    public SharedMemoryException Damage(string what) =>
        new($"The memory by which the servers and clients of shm://{_name} find each other is damaged: {what}. End the processes that use that name.");

    public bool IsAlive(ulong identity) => PackedIdentity.IsAlive(identity);

    public void Wake(int bell)
    {
        Futex.WakeUp(Place(bell), int.MaxValue);
        GC.KeepAlive(_memory);
    }

    public void Enter()
    {
        _turn.Enter();
        try
        {
            Take(Patience);
        }
        catch
        {
            _turn.Exit();
            throw;
        }
    }

    public bool TryEnter()
    {
        if (!_turn.TryEnter(LittlePatience))
        {
            return false;
        }

        try
        {
            Take(LittlePatience);
            return true;
        }
        catch (Exception error) when (error is HybridLockTimeoutException or SharedMemoryException or ObjectDisposedException)
        {
            // Others have it, or it is damaged, which the next one who cannot do without it is told; or this one has left.
            _turn.Exit();
            return false;
        }
        catch
        {
            _turn.Exit();
            throw;
        }
    }

    public void Exit()
    {
        try
        {
            if (--_depth == 0)
            {
                _lock.Unlock();
            }
        }
        catch (ConnectionException error) when (error is LockBrokenException or LockDestroyedException)
        {
            // Somebody took it away by hand. What was done under it is whole after every step, and the next sweep looks at it again.
        }
        finally
        {
            _turn.Exit();
        }
    }

    private static HybridLock OpenLock(string name) => new(LockPrefix + name);

    private static SharedRegistry OpenLocked<TState>(
        string name, string path, HybridLock guard, TState state, Func<Registry, TState, int?> join, out int member)
    {
        Segment? segment = null;
        SharedRegistry? registry = null;
        try
        {
            while (segment is null)
            {
                segment = OpenLiving(path)
                    ?? Segment.TryCreate(path, RegistryLayout.Kind, RegistryLayout.Size, OwnerOnly, 0, static (_, _) => { });
            }

            var opened = new SharedRegistry(name, guard, segment) { _depth = 1 };
            opened._turn.Enter();
            try
            {
                member = join(opened.Protocol, state)
                    ?? throw new SharedMemoryException($"shm://{name} has {RegistryLayout.MostServers} servers or {RegistryLayout.MostClients} clients already, which is the most there can be.");
            }
            finally
            {
                opened.Exit();
            }

            return registry = opened;
        }
        finally
        {
            if (registry is null)
            {
                segment?.Dispose();
                guard.Dispose();
            }
        }
    }

    // What the dead have left, sound or not, is not worth looking at.
    private static Segment? OpenLiving(string path)
    {
        var segment = Segment.TryOpen(path, RegistryLayout.Kind, RegistryLayout.Size, removeUnusable: true);
        if (segment is null || DeadRegistries.IsInUse(segment))
        {
            return segment;
        }

        segment.Remove();
        segment.Dispose();
        return null;
    }

    private bool IsLast(Func<Registry, bool> leave)
    {
        try
        {
            return leave(Protocol);
        }
        catch (SharedMemoryException)
        {
            // Whoever stays is told by what he does next.
            return true;
        }
    }

    private void Take(TimeSpan patience)
    {
        ObjectDisposedException.ThrowIf(_isLeft, this);
        while (_depth == 0)
        {
            try
            {
                _lock.Lock(patience);
                break;
            }
            catch (LockDestroyedException)
            {
                var destroyed = _lock;
                _lock = OpenLock(_name);
                destroyed.Dispose();
            }
        }

        _depth++;
    }

    private ref ulong At(int word) => ref Unsafe.AsRef<ulong>(Place(word));

    private ulong* Place(int word) => (uint)word < RegistryLayout.Words ? _memory.Words + word : throw Damage("it names a row or a place that there is not");
}
