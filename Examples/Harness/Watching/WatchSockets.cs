using System.Globalization;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Harness.Watching;

/// <summary>
/// The sockets at which processes of this user can be watched, in the directory that no other user can look into. Each is named for its process; those of the dead are removed by
/// whoever comes, and files of any other name are left alone.
/// </summary>
internal static class WatchSockets
{
    private const string Extension = ".watch";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static int _number;

    /// <summary>A path for a socket of this process, which none has yet.</summary>
    /// <exception cref="SharedMemoryException">The directory is not safe.</exception>
    internal static string NewPath()
    {
        var (process, start, _) = ProcessIdentity.Current;
        return Path.Combine(
            UserDirectory.Prepare(), string.Create(CultureInfo.InvariantCulture, $"{process}-{start}-{Interlocked.Increment(ref _number)}{Extension}"));
    }

    /// <summary>Makes sure that nobody else can use a socket, whatever the directory lets.</summary>
    internal static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    /// <summary>The paths of those that live; those of the dead are removed.</summary>
    /// <exception cref="SharedMemoryException">The directory is not safe.</exception>
    internal static IReadOnlyList<string> List() => [.. Directory.EnumerateFiles(UserDirectory.Prepare(), "*" + Extension).Where(Lives)];

    private static bool Lives(string path)
    {
        if (!TryParse(Path.GetFileNameWithoutExtension(path), out var process))
        {
            return false;
        }

        var lives = process.IsAlive();
        if (!lives)
        {
            File.Delete(path);
        }

        return lives;
    }

    private static bool TryParse(string name, out ProcessIdentity process)
    {
        process = default;
        if (name.Split('-') is not [var id, var start, var number]
            || !int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
            || !ulong.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var startTime)
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return false;
        }

        process = new ProcessIdentity(processId, startTime, ProcessIdentity.Current.PidNamespace);
        return true;
    }
}
