using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Connections.Harness.Rendering;
using Connections.Native.SharedMemory;
using Connections.Native.Sync;

namespace Connections.Harness.Watching;

/// <summary>
/// Lets this process be watched while it runs a testbed: a socket of this user's own, which answers each byte with a report. Nothing is measured, and nothing runs, while nobody watches.
/// </summary>
internal sealed class WatchedProcess : IAsyncDisposable
{
    private const int MostWatchers = 16;

    private readonly string _testbed;
    private readonly Func<IReadOnlyList<Device>> _devices;
    private readonly string _path;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _stop = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _watchers = [];
    private readonly Task _accepting;
    private MeterTally? _tally;
    private int _watching;

    private WatchedProcess(string testbed, Func<IReadOnlyList<Device>> devices, string path)
    {
        (_testbed, _devices, _path) = (testbed, devices, path);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        WatchSockets.Protect(path);
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    /// <summary>Opens the socket.</summary>
    /// <param name="testbed">The name of the testbed.</param>
    /// <param name="devices">Gives the devices that are in use.</param>
    /// <returns>Null if it cannot be opened: the work goes on unwatched.</returns>
    internal static WatchedProcess? Open(string testbed, Func<IReadOnlyList<Device>> devices)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            WatchSockets.List();
            return new WatchedProcess(testbed, devices, WatchSockets.NewPath());
        }
        catch (Exception error) when (error is SharedMemoryException or SocketException or IOException)
        {
            Output.Remark($"connections: this run cannot be watched: {error.Message}");
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        File.Delete(_path);
        Task[] watchers;
        lock (_gate)
        {
            watchers = [.. _watchers];
        }

        await Task.WhenAll(watchers);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        // Also the first one is not met within the constructor.
        await Task.Yield();
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Begin(await _listener.AcceptAsync(_stop.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Begin(Socket watcher)
    {
        lock (_gate)
        {
            _watchers.RemoveWhere(static ended => ended.IsCompleted);
            if (_watchers.Count < MostWatchers)
            {
                _watchers.Add(ServeAsync(watcher));
                return;
            }
        }

        watcher.Dispose();
    }

    private async Task ServeAsync(Socket watcher)
    {
        await Task.Yield();
        using var connection = watcher;
        var tally = BeginTally();
        try
        {
            var asked = new byte[1];
            while (await watcher.ReceiveAsync(asked, _stop.Token) > 0)
            {
                byte[] report = [.. JsonSerializer.SerializeToUtf8Bytes(Report(tally), WatchJson.Default.ProcessReport), (byte)'\n'];
                await SendAsync(watcher, report);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // The watcher has gone, or the process is about to: either is how watching ends.
            return;
        }
        finally
        {
            EndTally();
        }
    }

    private async Task SendAsync(Socket watcher, ReadOnlyMemory<byte> report)
    {
        while (!report.IsEmpty)
        {
            report = report[await watcher.SendAsync(report, _stop.Token)..];
        }
    }

    private MeterTally BeginTally()
    {
        lock (_gate)
        {
            _watching++;
            return _tally ??= new MeterTally();
        }
    }

    private void EndTally()
    {
        lock (_gate)
        {
            if (--_watching == 0)
            {
                _tally?.Dispose();
                _tally = null;
            }
        }
    }

    private ProcessReport Report(MeterTally tally)
    {
        var (pools, totals) = tally.Read();
        return new ProcessReport
        {
            ProcessId = Environment.ProcessId,
            Command = ProcessIdentity.OwnCommand,
            Testbed = _testbed,
            UpTime = Stopwatch.GetElapsedTime(_began).TotalSeconds,
            Connections = [.. _devices().SelectMany(static device => device.Connections.GetStatus().Select(status => Of(device, status)))],
            Pools = pools,
            Totals = totals,
        };
    }

    private static ConnectionReport Of(Device device, ConnectionStatus status) => new()
    {
        Device = device.Name,
        Alias = status.Alias,
        State = status.State.ToString(),
        PoolSize = status.PoolSize,
        Holder = status.Holder?.Member,
        HeldFor = status.Holder?.HeldFor.TotalSeconds ?? 0,
        Waiting = status.Holder?.Waiting ?? 0,
    };
}
