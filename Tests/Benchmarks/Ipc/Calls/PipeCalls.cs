using System.Runtime.InteropServices;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A pipe each way (fifo(7)).</summary>
internal sealed partial class PipeCalls : CallCandidate
{
    private const uint OwnerOnly = 0x180;

    private readonly FileStream _read;
    private readonly FileStream _write;
    private readonly byte[] _message = new byte[Length];

    public PipeCalls(string name, bool isEcho)
    {
        var path = Path.Combine(Path.GetTempPath(), name);
        var (questions, answers) = (path + ".questions", path + ".answers");
        if (isEcho)
        {
            // The second one first: the other process looks for the first.
            if (Make(answers, OwnerOnly) != 0 || Make(questions, OwnerOnly) != 0)
            {
                throw new InvalidOperationException("mkfifo failed.");
            }

            _read = Open(questions, FileAccess.Read);
            _write = Open(answers, FileAccess.Write);
            File.Delete(questions);
            File.Delete(answers);
        }
        else
        {
            _write = Meeting.Retry(() => Open(questions, FileAccess.Write));
            _read = Open(answers, FileAccess.Read);
        }
    }

    public override void Echo()
    {
        while (_read.Read(_message) == Length)
        {
            _write.Write(_message);
        }
    }

    public override void Call()
    {
        _write.Write(_message);
        if (_read.Read(_message) != Length)
        {
            throw new InvalidOperationException("The other process has ended.");
        }
    }

    public override void Dispose()
    {
        _read.Dispose();
        _write.Dispose();
    }

    private static FileStream Open(string path, FileAccess access) => new(path, FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Make(string path, uint mode);
}
