namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>One way to ask another process and have its answer: the same 64 bytes back.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Listen">Makes the side that answers, by a name that nobody else has.</param>
/// <param name="Connect">Makes the side that asks, by the other one's place.</param>
internal sealed record CallCandidate(string Name, Func<string, EchoSide> Listen, Func<string, CallSide> Connect)
{
    /// <summary>The bytes of a message.</summary>
    public const int Length = 64;

    /// <summary>Every candidate.</summary>
    public static CallCandidate[] All { get; } =
    [
        new("shared memory", static name => new ChannelEcho(name), static place => new ChannelCalls(place)),
        new("Unix socket", SocketEcho.OverUnix, SocketCalls.OverUnix),
        new("TCP loopback", SocketEcho.OverTcp, SocketCalls.OverTcp),
        new("pipe", static name => new PipeEcho(name), static place => new PipeCalls(place)),
        new("Rpc, shared memory", static name => new RpcEcho("shm://" + name), static place => new RpcCalls(place)),
        new("Rpc, TCP loopback", static _ => new RpcEcho("tcp://127.0.0.1:0"), static place => new RpcCalls(place)),
    ];

    /// <summary>The number of a candidate in <see cref="All"/>.</summary>
    public static int IndexOf(string name) => Array.FindIndex(All, candidate => candidate.Name == name);
}
