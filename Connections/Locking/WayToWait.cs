namespace Connections.Locking;

/// <summary>How a caller waits for a lock.</summary>
internal enum WayToWait
{
    /// <summary>It awaits the grant; a timeout is an error.</summary>
    Await,

    /// <summary>It awaits the grant; a timeout gives a releaser that holds nothing.</summary>
    Try,

    /// <summary>Its thread blocks.</summary>
    Block,
}
