namespace Connections.Harness.Labs;

/// <summary>A command for connections of one kind; its text is what messages call it.</summary>
internal interface ILabCommand
{
    /// <summary>The alias of the connection of a device that the command fits best; null if it fits none.</summary>
    string? AliasOn(Device device);

    /// <summary>Waits for a free worker, and carries the command out on it. The place in the queue is taken at once.</summary>
    /// <param name="connection">A connection that the command fits.</param>
    /// <param name="times">How long it may wait and run.</param>
    /// <param name="cancellationToken">Ends both.</param>
    ValueTask<CommandOutcome> RunAsync(LabDevice connection, CommandTimes times, CancellationToken cancellationToken);
}
