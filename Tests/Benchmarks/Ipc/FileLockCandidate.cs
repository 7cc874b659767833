using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Connections.Benchmarks.Ipc;

/// <summary>The lock of a file: flock(2).</summary>
internal sealed partial class FileLockCandidate : MachineLockCandidate
{
    private const int Exclusive = 2;
    private const int Free = 8;

    private readonly string _path;
    private readonly SafeFileHandle _file;

    public FileLockCandidate(string name)
    {
        _path = Path.Combine(Path.GetTempPath(), name + ".flock");
        _file = File.OpenHandle(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);

        // The runtime has locked it, shared.
        _ = Lock(_file, Free);
    }

    public override void Use(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (Lock(_file, Exclusive) != 0 || Lock(_file, Free) != 0)
            {
                throw new InvalidOperationException("flock failed.");
            }
        }
    }

    public override void Dispose()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    [LibraryImport("libc", EntryPoint = "flock")]
    private static partial int Lock(SafeFileHandle file, int operation);
}
