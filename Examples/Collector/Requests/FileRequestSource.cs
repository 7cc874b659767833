using System.Runtime.CompilerServices;
using System.Text;
using Connections.Collector.Monitoring;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Requests;

/// <summary>Requests of a file, one JSON object a line; <c>-</c> is standard input. A line that is no request is reported and passed over.</summary>
internal sealed class FileRequestSource(string path, CollectorStatistics statistics, ILogger logger) : IRequestSource
{
    private const string StandardInput = "-";

    private readonly RequestReader _reader = new();

    public async IAsyncEnumerable<RequestTicket> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using var lines = path == StandardInput ? Console.In : new StreamReader(path);
        for (var number = 1; !stop.IsCancellationRequested && await lines.ReadLineAsync(CancellationToken.None) is { } line; number++)
        {
            if (!string.IsNullOrWhiteSpace(line) && TryRead(number, line) is { } ticket)
            {
                yield return ticket;
            }
        }
    }

    public ValueTask<long?> CountWaitingAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Ticket? TryRead(int number, string line)
    {
        try
        {
            return new Ticket(_reader.Read(Encoding.UTF8.GetBytes(line)));
        }
        catch (RequestFormatException error)
        {
            statistics.Refuse();
            CollectorLog.LineRefused(logger, path, number, error.Message);
            return null;
        }
    }

    private sealed class Ticket(Snmp.Collection.CollectRequest request) : RequestTicket(request)
    {
        internal override ValueTask AcknowledgeAsync() => ValueTask.CompletedTask;

        internal override ValueTask ReleaseAsync() => ValueTask.CompletedTask;
    }
}
