using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Connections.Collector.Monitoring;
using Connections.Collector.Requests;
using Connections.Collector.Results;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Pipeline;

/// <summary>
/// The way of a request: from its source to its device, in blocks to the sink, and, once all of its blocks are safe, an acknowledgement back to its source. Some blocks may be on their way to
/// the sink at once; they are waited for in their order, and a request's end stands in the last block of its own, so that what was waited for is all of it.
/// </summary>
internal sealed class CollectionPipeline(
    IRequestSource source, SnmpCollector collector, IResultSink sink, CollectorStatistics statistics, TimeProvider time, ILogger logger)
{
    private const int MaxUnconfirmed = 4;

    private readonly RunningRequests _running = new();

    /// <summary>Carries requests out until there are no more, or it is told to stop and has done those it had begun.</summary>
    /// <param name="stop">Takes no further requests.</param>
    /// <param name="abort">Ends at once; what is not safe is not acknowledged.</param>
    /// <exception cref="OperationCanceledException"><paramref name="abort"/> was cancelled.</exception>
    internal async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var stored = Channel.CreateBounded<StoredBlock>(MaxUnconfirmed);
        var confirming = ConfirmAsync(stored, abort);
        try
        {
            await foreach (var block in collector.CollectAsync(BeginAsync(stop, abort), abort))
            {
                var began = time.GetTimestamp();
                await stored.Writer.WriteAsync(new StoredBlock(block, sink.WriteAsync(block, abort), began), CancellationToken.None);
            }
        }
        finally
        {
            stored.Writer.TryComplete();
            await confirming;
        }

        abort.ThrowIfCancellationRequested();
    }

    private async IAsyncEnumerable<CollectRequest> BeginAsync(CancellationToken stop, [EnumeratorCancellation] CancellationToken abort)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        await foreach (var ticket in source.ReadAsync(either.Token))
        {
            if (_running.TryBegin(ticket))
            {
                yield return ticket.Request;
            }
            else
            {
                statistics.Repeat();
            }
        }
    }

    private async Task ConfirmAsync(Channel<StoredBlock, StoredBlock> stored, CancellationToken abort)
    {
        try
        {
            await foreach (var entry in stored.Reader.ReadAllAsync(CancellationToken.None))
            {
                using var block = entry.Block;
                await ConfirmAsync(entry, abort);
            }
        }
        catch (Exception error)
        {
            // Whoever hands blocks over learns it there.
            stored.Writer.TryComplete(error);
            throw;
        }
    }

    private async Task ConfirmAsync(StoredBlock entry, CancellationToken abort)
    {
        var ended = entry.Block.Requests.Where(static request => request.Result is not null).ToList();
        if (!await IsSafeAsync(entry, ended, abort))
        {
            foreach (var request in entry.Block.Requests)
            {
                _running.Lose(request.Id);
            }
        }

        foreach (var request in ended)
        {
            await EndAsync(request, abort);
        }
    }

    private async Task<bool> IsSafeAsync(StoredBlock entry, IReadOnlyList<BlockRequest> ended, CancellationToken abort)
    {
        try
        {
            await entry.Storing;
            await sink.EndAsync(ended, abort);
            statistics.Store(entry.Block.RecordCount, entry.Block.Memory.Length, time.GetElapsedTime(entry.Began));
            return true;
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception error)
        {
            CollectorLog.BlockLost(logger, entry.Block.Sequence, error.Message);
            CollectorLog.Trace(logger, error);
            return false;
        }
    }

    // A request that the collector itself broke off has brought less than there is: it is to be done again.
    private async Task EndAsync(BlockRequest request, CancellationToken abort)
    {
        var result = request.Result.GetValueOrDefault();
        var (tickets, isSafe) = _running.End(request.Id);
        var isWhole = isSafe && !(abort.IsCancellationRequested && result.Errors.Any(static error => error.Kind == CollectErrorKind.Cancelled));
        if (isWhole)
        {
            statistics.End(result);
        }
        else
        {
            statistics.Release();
        }

        foreach (var ticket in tickets)
        {
            await (isWhole ? ticket.AcknowledgeAsync() : ticket.ReleaseAsync());
        }
    }

    private readonly record struct StoredBlock(ResultBlock Block, Task Storing, long Began);
}
