namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>One way to ask another process and have its answer: the same bytes back. Each process has one of its own; messages have 64 bytes.</summary>
internal abstract class CallCandidate : IDisposable
{
    /// <summary>The bytes of a message.</summary>
    public const int Length = 64;

    /// <summary>The names of the candidates, in the order of <see cref="All"/>.</summary>
    public static string[] Names { get; } = ["shared memory", "Unix socket", "TCP loopback", "pipe"];

    /// <summary>Every candidate, connected: to be called by both processes at once.</summary>
    public static CallCandidate[] All(string name, bool isEcho) =>
    [
        new ChannelCalls(name, isEcho),
        SocketCalls.OverUnix(name, isEcho),
        SocketCalls.OverTcp(name, isEcho),
        new PipeCalls(name, isEcho),
    ];

    /// <summary>Answers, until the other process ends; a thread is its own.</summary>
    public abstract void Echo();

    /// <summary>Asks once, and waits for the answer.</summary>
    public abstract void Call();

    public abstract void Dispose();
}
