namespace Connections.Pools;

/// <summary>A worker of an <see cref="ISharedPool"/>, held over several calls; disposing gives it back. Implements what the worker is used as.</summary>
public interface ISharedLease : IDisposable
{
    /// <summary>Makes the calling flow the holder.</summary>
    void Attach();
}
