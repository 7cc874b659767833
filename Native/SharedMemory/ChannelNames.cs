using Connections.Native.SharedMemory.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory;

/// <summary>
/// The names of the listeners of this user: the paths of their sockets, in the user's private directory. A listener that was killed leaves its
/// path there; it is removed by the next one who listens under whatever name.
/// </summary>
/// <remarks>
/// Names are given and taken away under the file lock of the directory, which the kernel frees when its holder dies; so nobody removes the path
/// of another one's socket in the belief that it is a dead one.
/// </remarks>
internal static unsafe class ChannelNames
{
    public const string Extension = ".channel";

    /// <summary>The path of a name.</summary>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    public static string PathOf(string directory, string name)
    {
        var path = SegmentDirectory.FileOf(directory, name, Extension);
        return UnixSocket.CanHave(path)
            ? path
            : throw new ArgumentException($"The name '{name}' is too long: the path of its socket, {path}, may have 107 characters.", nameof(name));
    }

    /// <summary>Gives a path to a socket that listens; null if another one, which lives, has it.</summary>
    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public static UnixSocket? TryTake(string path, out FileStatus file)
    {
        var directory = Path.GetDirectoryName(path)!;
        using var held = Lock(directory);
        foreach (var other in Directory.EnumerateFiles(directory, "*" + Extension))
        {
            RemoveIfDead(other);
        }

        file = default;
        if (TryGetStatus(path, out _))
        {
            return null;
        }

        var socket = UnixSocket.Listen(path);
        TryGetStatus(path, out file);
        return socket;
    }

    /// <summary>Takes a path away from a socket, if it still has it.</summary>
    /// <exception cref="SharedMemoryException">The system refuses.</exception>
    public static void Remove(string path, in FileStatus file)
    {
        using var held = Lock(Path.GetDirectoryName(path)!);
        if (TryGetStatus(path, out var found) && found.IsSameFileAs(file))
        {
            Unlink(path);
        }
    }

    private static void RemoveIfDead(string path)
    {
        if (UnixSocket.CanHave(path) && UnixSocket.IsDead(path))
        {
            Unlink(path);
        }
    }

    private static void Unlink(string path)
    {
        if (Libc.Unlink(path) != 0 && Libc.LastError is { NativeErrorCode: not Libc.NoSuchEntry } error)
        {
            throw new SharedMemoryException($"{path} cannot be removed: {error.Message}.", error);
        }
    }

    private static bool TryGetStatus(string path, out FileStatus status)
    {
        fixed (FileStatus* found = &status)
        {
            return Libc.GetStatus(Libc.CurrentDirectory, path, Libc.DoNotFollowLink, Libc.BasicStatistics, found) == 0;
        }
    }

    // Closed, it is unlocked.
    private static SafeFileHandle Lock(string directory)
    {
        var handle = Libc.Open(directory, Libc.CloseOnExec, 0);
        while (handle.IsInvalid || Libc.Lock(handle, Libc.LockExclusively) != 0)
        {
            var error = Libc.LastError;
            if (error.NativeErrorCode != Libc.Interrupted)
            {
                handle.Dispose();
                throw new SharedMemoryException($"The directory {directory} cannot be locked: {error.Message}.", error);
            }
        }

        return handle;
    }
}
