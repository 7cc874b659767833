using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Connections.Native.Sync;

namespace Connections.Native.SharedMemory;

/// <summary>What processes must have in common to know each other by id and start-time.</summary>
internal static class MachineScope
{
    private static readonly Lazy<ulong> OwnNamespaces = new(ReadNamespaces);
    private static readonly Lazy<ulong> OwnBoot = new(ReadBoot);

    /// <summary>The inodes of the pid namespace (lower half) and of the time namespace, in which start-times are counted.</summary>
    public static ulong Namespaces => OwnNamespaces.Value;

    /// <summary>This boot of the machine: after another one, all who are named in a file are dead.</summary>
    public static ulong Boot => OwnBoot.Value;

    private static ulong ReadNamespaces()
    {
        // A kernel without time namespaces has one time for all.
        ReadOnlySpan<char> time = new FileInfo("/proc/self/ns/time").LinkTarget;
        _ = uint.TryParse(time.TrimStart("time:[").TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var inode);
        return ((ulong)inode << 32) | (uint)ProcessIdentity.Current.PidNamespace;
    }

    private static ulong ReadBoot() =>
        MemoryMarshal.Read<ulong>(SHA256.HashData(File.ReadAllBytes("/proc/sys/kernel/random/boot_id")));
}
