namespace Connections.Collector.Database;

/// <summary>Rows that were given to an inserter together, which go into any batches.</summary>
internal sealed class Insertion
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    internal Insertion(int rows)
    {
        _left = rows;
        if (rows == 0)
        {
            _done.SetResult();
        }
    }

    /// <summary>Completes once all rows are safe; fails where one cannot be stored.</summary>
    internal Task Completion => _done.Task;

    /// <summary>Takes note that so many of the rows are safe.</summary>
    internal void Confirm(int rows)
    {
        if (Interlocked.Add(ref _left, -rows) == 0)
        {
            _done.TrySetResult();
        }
    }

    internal void Fail(Exception error) => _done.TrySetException(error);
}
