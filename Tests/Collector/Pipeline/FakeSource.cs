using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Connections.Collector.Requests;
using Connections.Snmp.Collection;

namespace Connections.Collector.Tests.Pipeline;

/// <summary>A source that tests feed, and that remembers what it was told.</summary>
internal sealed class FakeSource : IRequestSource
{
    private readonly Channel<RequestTicket> _tickets = Channel.CreateUnbounded<RequestTicket>();

    internal ConcurrentQueue<string> Acknowledged { get; } = [];

    internal ConcurrentQueue<string> Released { get; } = [];

    internal void Add(CollectRequest request) => _tickets.Writer.TryWrite(new Ticket(this, request));

    internal void Complete() => _tickets.Writer.Complete();

    public async IAsyncEnumerable<RequestTicket> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        while (await WaitAsync(stop))
        {
            while (!stop.IsCancellationRequested && _tickets.Reader.TryRead(out var ticket))
            {
                yield return ticket;
            }
        }
    }

    public ValueTask<long?> CountWaitingAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long?>(_tickets.Reader.Count);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<bool> WaitAsync(CancellationToken stop)
    {
        try
        {
            return !stop.IsCancellationRequested && await _tickets.Reader.WaitToReadAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed class Ticket(FakeSource source, CollectRequest request) : RequestTicket(request)
    {
        internal override ValueTask AcknowledgeAsync()
        {
            source.Acknowledged.Enqueue(Request.Id);
            return ValueTask.CompletedTask;
        }

        internal override ValueTask ReleaseAsync()
        {
            source.Released.Enqueue(Request.Id);
            return ValueTask.CompletedTask;
        }
    }
}
