using Connections.Native.Sync;
using Connections.Pooling;

namespace Connections.Native.Rpc.Hosting;

/// <summary>
/// That this process alone serves something on this machine, until disposed or dead: a lock that is named for it. What processes that were killed have left of such
/// locks goes when the next one is taken.
/// </summary>
public sealed class Reservation : IDisposable
{
    // Another process may look at it at this moment, to remove it if its owner is dead.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly HybridLock _lock;

    private Reservation(HybridLock taken) => _lock = taken;

    /// <summary>Takes it.</summary>
    /// <param name="kind">What kind of thing is served, a word.</param>
    /// <param name="name">Which one.</param>
    /// <param name="owner">The process that has it; null if it ended meanwhile.</param>
    /// <returns>Null if another process has it.</returns>
    /// <exception cref="SharedMemory.SharedMemoryException">Shared memory cannot be had.</exception>
    public static Reservation? TryTake(string kind, string name, out HybridLockUser? owner)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(name);
        var own = PrefixOf(kind) + name;
        SweepAllBut(own, PrefixOf(kind));
        owner = null;
        var taken = new HybridLock(own);
        try
        {
            taken.Lock(Patience);
            return new Reservation(taken);
        }
        catch (HybridLockTimeoutException error)
        {
            taken.Dispose();
            owner = error.Status?.Owner;
            return null;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    /// <summary>What living processes of this user have reserved, by name.</summary>
    /// <param name="kind">The kind of thing.</param>
    /// <exception cref="SharedMemory.SharedMemoryException">Shared memory cannot be had.</exception>
    public static IReadOnlyList<(string Name, HybridLockUser Owner)> List(string kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var prefix = PrefixOf(kind);
        return
        [
            .. HybridLock.Holders()
                .Where(held => held.Name.StartsWith(prefix, StringComparison.Ordinal) && held.Owner is { IsAlive: true })
                .Select(held => (held.Name[prefix.Length..], held.Owner!)),
        ];
    }

    /// <summary>Gives it back.</summary>
    public void Dispose() => _lock.Dispose();

    private static string PrefixOf(string kind) => kind + " ";

    private static void SweepAllBut(string own, string prefix)
    {
        foreach (var held in HybridLock.Holders())
        {
            if (held.Name != own && held.Name.StartsWith(prefix, StringComparison.Ordinal) && held.Owner is not { IsAlive: true })
            {
                Sweep(held.Name);
            }
        }
    }

    // A lock goes with its last participant, which is this one if all others are dead.
    private static void Sweep(string name)
    {
        try
        {
            using var left = new HybridLock(name, HybridLockMode.ConnectToExisting);
            if (left.TryLock(out var hold))
            {
                hold.Dispose();
            }
        }
        catch (ConnectionException)
        {
            // It is gone by now, or damaged, which whoever serves that name is told.
        }
    }
}
