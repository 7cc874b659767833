using Connections.Snmp.Collection;

namespace Connections.Collector.Results;

/// <summary>Where results go.</summary>
internal interface IResultSink : IAsyncDisposable
{
    /// <summary>
    /// Stores a block. Blocks come in their order, one call after the other, but the next one may come before this one is stored; the block stays as it is until then.
    /// </summary>
    /// <returns>Completes once the block is safe, and fails where it cannot be stored.</returns>
    Task WriteAsync(ResultBlock block, CancellationToken cancellationToken);

    /// <summary>Tells how requests ended all of whose blocks are stored. One call at a time.</summary>
    /// <returns>Completes once that is safe, too.</returns>
    Task EndAsync(IReadOnlyList<BlockRequest> ended, CancellationToken cancellationToken);
}
