using System.Runtime.CompilerServices;
using Connections.Collector.Monitoring;
using Connections.Snmp.Collection;
using Microsoft.Extensions.Logging;

namespace Connections.Collector.Requests;

/// <summary>Requests of a file. A line that is no request is reported and passed over.</summary>
internal sealed class FileRequestSource : IRequestSource
{
    private readonly string _path;
    private readonly RequestFile _file;
    private readonly CollectorStatistics _statistics;
    private readonly ILogger _logger;

    /// <exception cref="RequestSourceException">The file cannot be read.</exception>
    internal FileRequestSource(string path, CollectorStatistics statistics, ILogger logger)
    {
        _path = path;
        _file = new RequestFile(path);
        _statistics = statistics;
        _logger = logger;
    }

    public async IAsyncEnumerable<RequestTicket> ReadAsync([EnumeratorCancellation] CancellationToken stop)
    {
        if (_file.IsStandardInput && !Console.IsInputRedirected)
        {
            CollectorLog.ReadingStandardInput(_logger);
        }

        await foreach (var request in _file.ReadAsync(Refuse, stop))
        {
            yield return new Ticket(request);
        }
    }

    public ValueTask<long?> CountWaitingAsync(CancellationToken cancellationToken) => ValueTask.FromResult<long?>(null);

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Refuse(int line, string reason)
    {
        _statistics.Refuse();
        CollectorLog.LineRefused(_logger, _path, line, reason);
    }

    private sealed class Ticket(CollectRequest request) : RequestTicket(request)
    {
        internal override ValueTask AcknowledgeAsync() => ValueTask.CompletedTask;

        internal override ValueTask ReleaseAsync() => ValueTask.CompletedTask;
    }
}
