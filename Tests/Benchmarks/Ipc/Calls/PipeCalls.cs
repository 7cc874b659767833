namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A pipe each way (fifo(7)).</summary>
internal sealed class PipeCalls : CallSide
{
    private readonly FileStream _write;
    private readonly FileStream _read;
    private readonly byte[] _message = new byte[CallCandidate.Length];

    // Each waits until the other process has opened the same one, so both have the same order.
    public PipeCalls(string path)
    {
        _write = Open(QuestionsOf(path), FileAccess.Write);
        _read = Open(AnswersOf(path), FileAccess.Read);
    }

    public static string QuestionsOf(string path) => path + ".questions";

    public static string AnswersOf(string path) => path + ".answers";

    public static FileStream Open(string path, FileAccess access) => new(path, FileMode.Open, access, FileShare.ReadWrite, bufferSize: 0);

    public override void Call()
    {
        _write.Write(_message);
        if (_read.Read(_message) != _message.Length)
        {
            throw new InvalidOperationException("The other process has ended.");
        }
    }

    public override void Dispose()
    {
        _write.Dispose();
        _read.Dispose();
    }
}
