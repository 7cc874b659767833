using System.Globalization;

namespace Connections.Native.SharedMemory;

/// <summary>The directories in which segments have their names.</summary>
internal static unsafe class SegmentDirectory
{
    private const uint PrivateMode = 0x1C0;
    private const int LongestFileName = 255;

    /// <summary>The directory of this user, that no other user can look into. Every process of the user comes to the same.</summary>
    public static string OfUser => string.Create(CultureInfo.InvariantCulture, $"/dev/shm/connections-{Libc.GetUser()}");

    /// <summary>Makes sure of a directory: this user's own, made if it is missing, or one that somebody has chosen.</summary>
    /// <param name="chosen">The chosen one; null for the user's own.</param>
    /// <exception cref="SharedMemoryException">It cannot be made or is not safe.</exception>
    public static string Prepare(string? chosen)
    {
        var path = chosen ?? OfUser;
        if (chosen is null && Libc.MakeDirectory(path, PrivateMode) != 0 && Libc.LastError is { NativeErrorCode: not Libc.EntryExists } error)
        {
            throw new SharedMemoryException($"The directory {path} for what this user's processes share cannot be made: {error.Message}.", error);
        }

        FileStatus status;
        if (Libc.GetStatus(Libc.CurrentDirectory, path, chosen is null ? Libc.DoNotFollowLink : 0, Libc.BasicStatistics, &status) != 0)
        {
            var reason = Libc.LastError;
            throw new SharedMemoryException($"The directory {path} for what processes share cannot be used: {reason.Message}.", reason);
        }

        if (!status.IsDirectory || (chosen is null ? status.Owner != Libc.GetUser() || !status.IsPrivate : status.IsOpenToRemovals))
        {
            throw new SharedMemoryException(
                chosen is null
                    ? $"{path} is not a directory that this user alone can use: somebody else has made it, or opened it to others. Remove it, or set its mode to 0700."
                    : $"{path} is not a directory, or one in which any user can remove the files of others. Choose another one, or set its sticky bit.");
        }

        return path;
    }

    /// <summary>The file of a name. Names may have any characters; those that files cannot have are written as <c>%XX</c>.</summary>
    /// <exception cref="ArgumentException">The name is empty, or too long for a file.</exception>
    public static string FileOf(string directory, string name, string extension)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var file = Uri.EscapeDataString(name) + extension;
        return file.Length <= LongestFileName
            ? Path.Combine(directory, file)
            : throw new ArgumentException($"The name '{name}' is too long: its file would have {file.Length} characters, and may have {LongestFileName}.", nameof(name));
    }

    /// <summary>The name that has a file.</summary>
    public static string NameOf(string file) => Uri.UnescapeDataString(Path.GetFileNameWithoutExtension(file));
}
