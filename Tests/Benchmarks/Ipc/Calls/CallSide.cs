namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>The side of a <see cref="CallCandidate"/> that asks; connected.</summary>
internal abstract class CallSide : IDisposable
{
    /// <summary>Asks once, and waits for the answer.</summary>
    public abstract void Call();

    public abstract void Dispose();
}
