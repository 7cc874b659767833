namespace Connections.Collector.Requests;

/// <summary>Where requests come from. What was neither acknowledged nor released when a source is disposed counts as released.</summary>
internal interface IRequestSource : IAsyncDisposable
{
    /// <summary>Takes requests, for as long as there are any, or until it is told to stop, which ends the stream without an error.</summary>
    IAsyncEnumerable<RequestTicket> ReadAsync(CancellationToken stop);

    /// <summary>How many requests wait to be taken; <see langword="null"/> where nobody knows.</summary>
    ValueTask<long?> CountWaitingAsync(CancellationToken cancellationToken);
}
