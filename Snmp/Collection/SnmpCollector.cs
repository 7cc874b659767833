using System.Runtime.CompilerServices;

namespace Connections.Snmp.Collection;

/// <summary>
/// Carries out any number of requests to any number of devices, and streams their results as blocks. It works through any <see cref="ISnmpClient"/>; through a <see cref="SnmpClient"/>, a handle
/// on the engine, replies go from the network into blocks without becoming objects.
/// </summary>
/// <remarks>Thread-safe; several collections may run at once, each with its own limits.</remarks>
public sealed class SnmpCollector
{
    private readonly Func<CollectRequest, CancellationToken, ValueTask<ISnmpClient>> _find;
    private readonly CollectorOptions _options;
    private readonly CollectCounters _counters = new();

    /// <summary>Makes a collector.</summary>
    /// <param name="find">Finds what asks a request's target, with the request's credentials: a connection, a pool, or a handle such as those of <see cref="CollectTargets"/>.
    /// Called for one request after the other; what it throws is the outcome of that request.</param>
    /// <param name="options">How much is done at once; the defaults if null.</param>
    public SnmpCollector(Func<CollectRequest, CancellationToken, ValueTask<ISnmpClient>> find, CollectorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(find);
        _find = find;
        _options = options ?? new CollectorOptions();
    }

    /// <summary>What was done so far, by all collections of this collector.</summary>
    public CollectProgress Progress => _counters.Snapshot;

    /// <summary>
    /// Carries out requests, and streams their results. A request that fails does not end the collection: each request's outcome stands in the block that holds the last of its
    /// records, or in a later one. While <see cref="CollectorOptions.MaxUnread"/> blocks wait to be read, devices are asked for nothing.
    /// </summary>
    /// <param name="requests">The requests. They are taken as there is room for them, and may come for as long as the source likes.</param>
    /// <param name="cancellationToken">Ends the collection at any moment.</param>
    /// <returns>The blocks, which the caller disposes once it has read them. Leaving the loop early ends the collection.</returns>
    /// <exception cref="ArgumentException">While reading: a request has no name, or a name that is too long.</exception>
    /// <exception cref="OperationCanceledException">While reading: the token was cancelled.</exception>
    public IAsyncEnumerable<ResultBlock> CollectAsync(IAsyncEnumerable<CollectRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return StreamAsync(requests, cancellationToken);
    }

    /// <inheritdoc cref="CollectAsync(IAsyncEnumerable{CollectRequest}, CancellationToken)"/>
    public IAsyncEnumerable<ResultBlock> CollectAsync(IEnumerable<CollectRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        return StreamAsync(requests.ToAsyncEnumerable(), cancellationToken);
    }

    private async IAsyncEnumerable<ResultBlock> StreamAsync(
        IAsyncEnumerable<CollectRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var run = new CollectRun(_find, _options, _counters, cancellationToken);
        await using var ending = run.ConfigureAwait(false);
        _ = Task.Run(() => run.FeedAsync(requests), CancellationToken.None);
        while (await run.Output.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (run.Output.TryRead(out var block))
            {
                _counters.Read(block);
                yield return block;
            }
        }
    }
}
