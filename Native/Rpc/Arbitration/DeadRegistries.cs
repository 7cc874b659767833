using Connections.Native.SharedMemory;
using Connections.Native.Sync;
using Connections.Pooling;

namespace Connections.Native.Rpc.Arbitration;

/// <summary>The registries of names whose processes were all killed: whoever opens one of another name removes them, with their locks.</summary>
internal static unsafe class DeadRegistries
{
    private const string LockExtension = ".lock";

    /// <summary>Removes them from a directory.</summary>
    /// <param name="directory">Where they are.</param>
    /// <param name="own">The name that is about to be used, which is left alone.</param>
    public static void Remove(string directory, string own)
    {
        foreach (var name in NamesIn(directory).Where(name => name != own).ToHashSet())
        {
            RemoveIfDead(SegmentDirectory.FileOf(directory, name, SharedRegistry.Extension), name);
        }
    }

    // Of a process that was killed as it began or ended there may be a lock alone.
    private static IEnumerable<string> NamesIn(string directory) =>
        Directory.EnumerateFiles(directory, "*" + SharedRegistry.Extension).Select(SegmentDirectory.NameOf)
            .Concat(Directory.EnumerateFiles(directory, SharedRegistry.LockPrefix + "*" + LockExtension)
                .Select(static file => SegmentDirectory.NameOf(file)[SharedRegistry.LockPrefix.Length..])
                .Where(static name => name.Length > 0));

    private static void RemoveIfDead(string path, string name)
    {
        try
        {
            if (IsInUse(path))
            {
                return;
            }

            // Who takes part does so under the lock; the lock goes with its last participant, which is this one if all others are dead.
            using var guard = new HybridLock(SharedRegistry.LockPrefix + name);
            if (guard.TryLock(out var hold))
            {
                using (hold)
                using (var segment = Open(path))
                {
                    if (segment is not null && !IsInUse(segment))
                    {
                        segment.Remove();
                    }
                }
            }
        }
        catch (ConnectionException)
        {
            // It is damaged, or of another pid namespace: whoever uses that name is told so, and nobody else.
        }
    }

    private static Segment? Open(string path) => Segment.TryOpen(path, RegistryLayout.Kind, RegistryLayout.Size);

    private static bool IsInUse(string path)
    {
        using var segment = Open(path);
        return segment is not null && IsInUse(segment);
    }

    /// <summary>Whether anybody who lives takes part in a registry.</summary>
    public static bool IsInUse(Segment segment)
    {
        var words = segment.Memory.Words;
        var isInUse = Enumerable.Range(0, RegistryLayout.MostServers).Select(RegistryLayout.Server)
            .Concat(Enumerable.Range(0, RegistryLayout.MostClients).Select(RegistryLayout.Client))
            .Select(word => Volatile.Read(ref words[word]))
            .Any(static identity => identity != 0 && PackedIdentity.IsAlive(identity));
        GC.KeepAlive(segment.Memory);
        return isInUse;
    }
}
