namespace Connections.Tests.Servers;

/// <summary>What snmptrapd has received: a line of its log for each notification.</summary>
internal sealed class SnmptrapdLog : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _path = TestServer.SnmptrapdLog;
    private readonly FileSystemWatcher _watcher;
    private TaskCompletionSource _changed = NewSignal();

    public SnmptrapdLog()
    {
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!, Path.GetFileName(_path)) { NotifyFilter = NotifyFilters.Size | NotifyFilters.LastWrite };
        _watcher.Changed += (_, _) => Volatile.Read(ref _changed).TrySetResult();
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>A text that no other notification has.</summary>
    public static string NewMark() => $"mark-{Guid.NewGuid():N}";

    /// <summary>Waits for the line that has a mark in it.</summary>
    public async Task<string> FindAsync(string mark)
    {
        while (true)
        {
            // Before the file is read, so that no change in between is missed.
            var changed = NewSignal();
            Volatile.Write(ref _changed, changed);
            if (LinesWith(mark) is [var line, ..])
            {
                return line;
            }

            await changed.Task.WaitAsync(Patience);
        }
    }

    /// <summary>The lines that have a mark in them now.</summary>
    public IReadOnlyList<string> LinesWith(string mark)
    {
        using var reader = new StreamReader(new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n').SkipLast(1).Where(line => line.Contains(mark, StringComparison.Ordinal))];
    }

    public void Dispose() => _watcher.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
