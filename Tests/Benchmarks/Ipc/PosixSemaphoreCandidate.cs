using System.Runtime.InteropServices;

namespace Connections.Benchmarks.Ipc;

/// <summary>A POSIX semaphore with a name: sem_open(3).</summary>
internal sealed partial class PosixSemaphoreCandidate : MachineLockCandidate
{
    private const int Create = 0x40;
    private const uint OwnerOnly = 0x180;

    private readonly string _name;
    private readonly nint _semaphore;

    public PosixSemaphoreCandidate(string name)
    {
        _name = "/" + name;
        _semaphore = Open(_name, Create, OwnerOnly, 1);
        if (_semaphore == 0)
        {
            throw new InvalidOperationException("sem_open failed.");
        }
    }

    public override void Use(int times)
    {
        for (var i = 0; i < times; i++)
        {
            if (Wait(_semaphore) != 0 || Post(_semaphore) != 0)
            {
                throw new InvalidOperationException("The semaphore failed.");
            }
        }
    }

    public override void Dispose()
    {
        _ = Close(_semaphore);
        _ = Unlink(_name);
    }

    [LibraryImport("libc", EntryPoint = "sem_open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string name, int flags, uint mode, uint value);

    [LibraryImport("libc", EntryPoint = "sem_wait")]
    private static partial int Wait(nint semaphore);

    [LibraryImport("libc", EntryPoint = "sem_post")]
    private static partial int Post(nint semaphore);

    [LibraryImport("libc", EntryPoint = "sem_close")]
    private static partial int Close(nint semaphore);

    [LibraryImport("libc", EntryPoint = "sem_unlink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string name);
}
