using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Connections.Benchmarks.Ipc.Calls;
using Connections.Native.Rpc;

namespace Connections.Benchmarks.Ipc.Killing;

/// <summary>Callers that call a service all the time, and note which calls fail.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Milliseconds = 20;

    private readonly IEchoService _service;
    private readonly Task _calling;
    private readonly ConcurrentQueue<(long At, Exception Error)> _failures = new();
    private volatile bool _isOver;

    public Load(IEchoService service, int callers)
    {
        _service = service;
        _calling = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync)));
    }

    /// <summary>Begins to note anew.</summary>
    public void Forget() => _failures.Clear();

    /// <summary>What came of the death of a process.</summary>
    public Kill Judge(int process, long began, double replaced)
    {
        var all = _failures.ToList();
        var own = all.Where(failure => IsDeathOf(process, failure.Error)).Select(failure => Stopwatch.GetElapsedTime(began, failure.At).TotalMilliseconds).ToList();
        return new Kill(own.Count, own.DefaultIfEmpty().Max(), replaced, all.Count - own.Count);
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _calling;
    }

    // The message names the process.
    private static bool IsDeathOf(int process, Exception error) =>
        error is ServerDiedException && error.Message.Contains(string.Create(CultureInfo.InvariantCulture, $"process {process} "), StringComparison.Ordinal);

    private async Task CallAsync()
    {
        while (!_isOver)
        {
            try
            {
                await _service.WorkAsync(Milliseconds);
            }
            catch (Exception error)
            {
                _failures.Enqueue((Stopwatch.GetTimestamp(), error));
            }
        }
    }
}
