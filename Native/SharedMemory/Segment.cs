using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Native.SharedMemory;

/// <summary>
/// Memory that processes of this machine share by a name. It is whole before it gets the name, and a name is taken away from the very
/// segment that has it, whatever others do at the same moment; so nobody ever meets half of one, and a process killed at any step leaves
/// nothing that could.
/// </summary>
/// <remarks>
/// The first 64 bytes are the header: magic, layout version and kind, size, namespaces, boot, and the state, which is written last. Who has
/// the right to open the file can write anything into it, so nothing read from it may be believed; who has it can also shorten it, which
/// kills those who then read it, so that right is worth as much as the right to kill.
/// </remarks>
internal sealed unsafe class Segment : IDisposable
{
    /// <summary>The bytes that belong to the header.</summary>
    public const int HeaderSize = 64;

    private const ulong Magic = 0x47_45_53_4E_4E_4F_43_00;
    private const uint LayoutVersion = 1;
    private const ulong Ready = 1;

    private readonly string _path;
    private readonly SafeFileHandle _file;
    private readonly FileStatus _status;
    private readonly MappedMemory _memory;

    private Segment(string path, SafeFileHandle file, in FileStatus status, MappedMemory memory)
    {
        _path = path;
        _file = file;
        _status = status;
        _memory = memory;
    }

    private enum Header
    {
        Magic,
        LayoutAndKind,
        Size,
        Namespaces,
        Boot,
        State,
    }

    /// <summary>The memory, header included. It stays mapped until nobody refers to it, also after <see cref="Dispose"/>.</summary>
    public MappedMemory Memory => _memory;

    /// <summary>Makes a segment and gives it its name.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="kind">What is in it: four letters, for others to check.</param>
    /// <param name="size">Its size in bytes, reserved at once.</param>
    /// <param name="mode">Who may open it.</param>
    /// <param name="state">What <paramref name="fill"/> needs.</param>
    /// <param name="fill">Writes what shall be in it from the start.</param>
    /// <returns>Null if the name is in use.</returns>
    /// <exception cref="SharedMemoryException">The system refuses, for example because memory is full.</exception>
    public static Segment? TryCreate<TState>(string path, uint kind, int size, UnixFileMode mode, TState state, Action<MappedMemory, TState> fill)
    {
        var file = Libc.Open(Path.GetDirectoryName(path)!, Libc.Temporary | Libc.ReadWrite | Libc.CloseOnExec, (uint)mode);
        MappedMemory? memory = null;
        try
        {
            // The mode again, since the mask of the process may have taken from it.
            ThrowIf(file.IsInvalid || Libc.ChangeMode(file, (uint)mode) != 0, path, "made");
            if (Libc.Allocate(file, 0, size) is not 0 and var error)
            {
                var full = new System.ComponentModel.Win32Exception(error);
                throw new SharedMemoryException($"{size} bytes of shared memory for {path} cannot be reserved: {full.Message}.", full);
            }

            memory = new MappedMemory(file, size);
            fill(memory, state);
            WriteHeader(memory.Words, kind, size);
            var link = string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}");
            if (Libc.Link(Libc.CurrentDirectory, link, Libc.CurrentDirectory, path, Libc.FollowLink) == 0)
            {
                var segment = new Segment(path, file, StatusOf(file, path), memory);
                file = null;
                memory = null;
                return segment;
            }

            ThrowIf(Libc.LastError.NativeErrorCode != Libc.EntryExists, path, "named");
            return null;
        }
        finally
        {
            memory?.Dispose();
            file?.Dispose();
        }
    }

    /// <summary>Opens the segment that has a name.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="kind">What must be in it.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="removeUnusable">Whether to take the name away from a file that is no such segment, rather than to throw.</param>
    /// <returns>Null if nothing has the name.</returns>
    /// <exception cref="SharedMemoryException">It may not be opened, is no such segment, or belongs to another pid namespace.</exception>
    public static Segment? TryOpen(string path, uint kind, int size, bool removeUnusable = false)
    {
        var file = Libc.Open(path, Libc.ReadWrite | Libc.CloseOnExec | Libc.DoNotFollow | Libc.NonBlocking, 0);
        Segment? opened = null;
        try
        {
            if (file.IsInvalid && Libc.LastError.NativeErrorCode == Libc.NoSuchEntry)
            {
                return null;
            }

            ThrowIf(file.IsInvalid, path, "opened");
            var status = StatusOf(file, path);
            if (!status.IsRegular || status.Size != (ulong)size)
            {
                return removeUnusable && status.IsRegular ? Drop(path, file, status) : throw Unusable(path, $"it is not a file of {size} bytes");
            }

            opened = new Segment(path, file, status, new MappedMemory(file, size));
            return opened.Check(kind, size, removeUnusable) ? opened : null;
        }
        finally
        {
            if (opened is null)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Takes the name away from this segment, if it still has it.</summary>
    public void Remove() => Remove(_path, _file, _status);

    /// <summary>Closes the file; the memory stays until nobody refers to it.</summary>
    public void Dispose() => _file.Dispose();

    private static Segment? Drop(string path, SafeFileHandle file, in FileStatus status)
    {
        Remove(path, file, status);
        return null;
    }

    // A name goes from a segment only under the segment's own file lock, and never directly to another one. So who has the file lock and
    // sees that the name leads here removes this one, and not one that somebody else has made meanwhile. The kernel frees the file lock of
    // one who is killed.
    private static void Remove(string path, SafeFileHandle file, in FileStatus status)
    {
        while (Libc.Lock(file, Libc.LockExclusively) != 0)
        {
            ThrowIf(Libc.LastError.NativeErrorCode != Libc.Interrupted, path, "removed");
        }

        FileStatus named;
        if (Libc.GetStatus(Libc.CurrentDirectory, path, Libc.DoNotFollowLink, Libc.BasicStatistics, &named) == 0 && named.IsSameFileAs(status))
        {
            ThrowIf(Libc.Unlink(path) != 0, path, "removed");
        }

        Libc.Lock(file, Libc.Unlock);
    }

    private static void WriteHeader(ulong* words, uint kind, int size)
    {
        words[(int)Header.Magic] = Magic;
        words[(int)Header.LayoutAndKind] = ((ulong)kind << 32) | LayoutVersion;
        words[(int)Header.Size] = (ulong)size;
        words[(int)Header.Namespaces] = MachineScope.Namespaces;
        words[(int)Header.Boot] = MachineScope.Boot;
        Volatile.Write(ref Unsafe.AsRef<ulong>(&words[(int)Header.State]), Ready);
    }

    // False if the segment is of no use, and its name was removed.
    private bool Check(uint kind, int size, bool removeUnusable)
    {
        var words = _memory.Words;
        if (words[(int)Header.Magic] != Magic || words[(int)Header.LayoutAndKind] != (((ulong)kind << 32) | LayoutVersion)
            || words[(int)Header.Size] != (ulong)size || words[(int)Header.State] != Ready)
        {
            return removeUnusable ? Drop(_path, _file, _status) is not null : throw Unusable(_path, "its header is not of this version, or damaged");
        }

        // Left by processes that ended with an earlier boot, in a directory that outlived it.
        if (words[(int)Header.Boot] != MachineScope.Boot)
        {
            return Drop(_path, _file, _status) is not null;
        }

        if (words[(int)Header.Namespaces] != MachineScope.Namespaces)
        {
            throw new SharedMemoryException(
                $"{_path} was made in another pid or time namespace ({words[(int)Header.Namespaces]:x}) than this process lives in "
                + $"({MachineScope.Namespaces:x}): neither could tell whether the other is alive. Let both run in the same container, or share "
                + "its pid namespace.");
        }

        return true;
    }

    private static FileStatus StatusOf(SafeFileHandle file, string path)
    {
        FileStatus status;
        ThrowIf(Libc.GetStatus(file, "", Libc.EmptyPath, Libc.BasicStatistics, &status) != 0, path, "looked at");
        return status;
    }

    private static SharedMemoryException Unusable(string path, string reason) =>
        new($"{path} is no such segment: {reason}. Remove it, or overwrite it.");

    private static void ThrowIf(bool hasFailed, string path, string participle)
    {
        if (hasFailed)
        {
            var error = Libc.LastError;
            throw new SharedMemoryException($"{path} cannot be {participle}: {error.Message}.", error);
        }
    }
}
