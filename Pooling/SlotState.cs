namespace Connections.Pooling;

/// <summary>Where a worker is in its life; changed under the pool's mutex only.</summary>
internal enum SlotState
{
    /// <summary>No worker: room for one.</summary>
    Empty,

    /// <summary>A worker is under construction.</summary>
    Creating,

    /// <summary>The worker is free.</summary>
    Idle,

    /// <summary>The worker is validated for whoever is first in the queue by then.</summary>
    Checking,

    /// <summary>The worker is leased, or being reset after a lease.</summary>
    Busy,

    /// <summary>The worker is condemned; its destruction has not begun yet, so it still counts.</summary>
    Retiring,
}
