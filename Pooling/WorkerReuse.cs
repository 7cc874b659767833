namespace Connections.Pooling;

/// <summary>What becomes, on return, of a worker whose lease was marked as one that changed its state.</summary>
/// <remarks>A worker that was not marked is always put back as it is, at no cost: a reset usually talks to a device.</remarks>
public enum WorkerReuse
{
    /// <summary>It is put back as it is; the next holder sees the changed state.</summary>
    Always,

    /// <summary><see cref="IWorkerPolicy{T}.ResetAsync"/> undoes the change before anyone else gets the worker.</summary>
    Reset,

    /// <summary>It is destroyed and replaced.</summary>
    Recycle,
}
