using Connections.Collector.Requests;

namespace Connections.Collector.Pipeline;

/// <summary>
/// The requests that are being carried out, by their names. One that comes again meanwhile, as after a restart of the broker, is not carried out twice: whoever sent it is told with
/// the first. Thread-safe.
/// </summary>
internal sealed class RunningRequests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];

    internal int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <returns>Whether it is to be carried out; if not, it is being carried out already.</returns>
    internal bool TryBegin(RequestTicket ticket)
    {
        lock (_gate)
        {
            var isRunning = _entries.TryGetValue(ticket.Request.Id, out var entry);
            if (!isRunning)
            {
                _entries.Add(ticket.Request.Id, entry = new Entry());
            }

            entry!.Tickets.Add(ticket);
            return !isRunning;
        }
    }

    /// <summary>Takes note that some of a request's results were lost.</summary>
    internal void Lose(string id)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(id, out var entry))
            {
                entry.HasLosses = true;
            }
        }
    }

    /// <summary>Takes a request out that has ended.</summary>
    /// <returns>Whom to tell, and whether all its results are safe.</returns>
    internal (IReadOnlyList<RequestTicket> Tickets, bool IsSafe) End(string id)
    {
        lock (_gate)
        {
            return _entries.Remove(id, out var entry) ? (entry.Tickets, !entry.HasLosses) : ([], false);
        }
    }

    private sealed class Entry
    {
        internal List<RequestTicket> Tickets { get; } = new(1);

        internal bool HasLosses { get; set; }
    }
}
