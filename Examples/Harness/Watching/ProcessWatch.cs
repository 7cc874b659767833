namespace Connections.Harness.Watching;

/// <summary>Watches all processes of this user that can be watched: those that come are found, those that go are forgotten.</summary>
internal sealed class ProcessWatch : IDisposable
{
    private readonly Dictionary<string, Watcher> _watchers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProcessReport> _before = new(StringComparer.Ordinal);

    /// <summary>Asks all of them, side by side.</summary>
    /// <returns>Those that answered, in order of their ids.</returns>
    /// <exception cref="Native.SharedMemory.SharedMemoryException">The directory of this user's processes is not safe.</exception>
    internal async Task<IReadOnlyList<ProcessView>> LookAsync(CancellationToken cancellationToken)
    {
        foreach (var path in WatchSockets.List())
        {
            _watchers.TryAdd(path, new Watcher(path));
        }

        var answers = await Task.WhenAll(_watchers.Values.ToList().Select(async watcher => (watcher, Report: await watcher.AskAsync(cancellationToken))));
        return [.. answers.Select(answer => Note(answer.watcher, answer.Report)).OfType<ProcessView>().OrderBy(static view => view.Report.ProcessId)];
    }

    public void Dispose()
    {
        foreach (var watcher in _watchers.Values)
        {
            watcher.Dispose();
        }
    }

    private ProcessView? Note(Watcher watcher, ProcessReport? report)
    {
        var before = _before.GetValueOrDefault(watcher.Path);
        if (report is null)
        {
            _watchers.Remove(watcher.Path);
            _before.Remove(watcher.Path);
            watcher.Dispose();
            return null;
        }

        _before[watcher.Path] = report;
        return new ProcessView(report, before);
    }
}
