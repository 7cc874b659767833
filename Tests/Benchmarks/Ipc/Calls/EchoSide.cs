namespace Connections.Benchmarks.Ipc.Calls;

/// <summary>The side of a <see cref="CallCandidate"/> that answers with what it was asked. Made, it waits for the other process.</summary>
internal abstract class EchoSide : IDisposable
{
    /// <summary>Where the other process connects; a word.</summary>
    public abstract string Place { get; }

    /// <summary>Lets the other process in and answers it until that ends; a thread is its own.</summary>
    public abstract void Run();

    public virtual void Dispose()
    {
    }
}
