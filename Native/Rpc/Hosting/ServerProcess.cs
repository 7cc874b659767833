using System.Diagnostics;
using System.Globalization;

namespace Connections.Native.Rpc.Hosting;

/// <summary>One process of a service, from its start to its end, and its log file.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Task _copying;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _startedAt;
    private readonly ServiceHostOptions _options;
    private Task? _stopping;

    private ServerProcess(Process process, StreamWriter log, ServiceHostOptions options)
    {
        _process = process;
        _log = log;
        _options = options;
        _startedAt = options.TimeProvider.GetTimestamp();
        Id = process.Id;
        Ended = process.WaitForExitAsync();
        _copying = Task.WhenAll(CopyAsync(process.StandardOutput, isOutput: true), CopyAsync(process.StandardError, isOutput: false));
    }

    public int Id { get; }

    /// <summary>Completes once it serves, or has ended.</summary>
    public Task Ready => _ready.Task;

    public Task Ended { get; }

    public bool IsStopping => _stopping is not null;

    public TimeSpan Age => _options.TimeProvider.GetElapsedTime(_startedAt);

    /// <summary>The resident memory in bytes; 0 once it has ended.</summary>
    public long Memory
    {
        get
        {
            try
            {
                var pages = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/statm")).Split(' ');
                return long.Parse(pages[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    public static ServerProcess Start(ServiceDefinition service, ServiceHostOptions options)
    {
        var start = options.Command(service);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        Directory.CreateDirectory(service.LogDirectory);
        var process = Process.Start(start)!;
        var file = Path.Combine(service.LogDirectory, string.Create(CultureInfo.InvariantCulture, $"{service.Name}-{process.Id}.log"));
        return new ServerProcess(process, new StreamWriter(file, append: true) { AutoFlush = true }, options);
    }

    /// <summary>Lets its calls end, then ends it; kills it when the time is over. A second call waits for the same end.</summary>
    public Task StopAsync() => _stopping ??= StopCoreAsync();

    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _copying.ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task StopCoreAsync()
    {
        _process.StandardInput.Close();
        await Ended.WaitAsync(_options.Grace, _options.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Kill();
        await Ended.ConfigureAwait(false);
    }

    private async Task CopyAsync(StreamReader reader, bool isOutput)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_log)
            {
                _log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_options.TimeProvider.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line}"));
            }

            if (isOutput)
            {
                _ready.TrySetResult();
            }
        }

        _ready.TrySetResult();
    }
}
