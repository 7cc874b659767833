using System.Runtime.InteropServices;

namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>A pipe each way (fifo(7)).</summary>
internal sealed partial class PipeEcho : EchoSide
{
    private const uint OwnerOnly = 0x180;

    private readonly string _path;

    public PipeEcho(string name)
    {
        _path = Path.Combine(Path.GetTempPath(), name);
        if (Make(PipeCalls.QuestionsOf(_path), OwnerOnly) != 0 || Make(PipeCalls.AnswersOf(_path), OwnerOnly) != 0)
        {
            throw new InvalidOperationException("mkfifo failed.");
        }
    }

    public override string Place => _path;

    public override void Run()
    {
        using var questions = PipeCalls.Open(PipeCalls.QuestionsOf(_path), FileAccess.Read);
        using var answers = PipeCalls.Open(PipeCalls.AnswersOf(_path), FileAccess.Write);
        var message = new byte[CallCandidate.Length];
        while (questions.Read(message) == message.Length)
        {
            answers.Write(message);
        }
    }

    public override void Dispose()
    {
        File.Delete(PipeCalls.QuestionsOf(_path));
        File.Delete(PipeCalls.AnswersOf(_path));
        base.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Make(string path, uint mode);
}
