using System.Diagnostics;
using Connections.Native.Rpc;
using Connections.NetSnmp.Worker;
using Connections.NetSnmp.Worker.Messages;
using Connections.Pooling;

namespace Connections.NetSnmp.Processes;

/// <summary>
/// One worker process, from its start to its end. It reads its standard input only to learn when that ends: with this object, or with this process,
/// however it ends.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    // A path that nobody can make: whatever the library might still want to write there fails.
    private const string Nowhere = "/dev/null/none";

    // What a worker needs to take its names back when it is told to end.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ConnectionSettings _settings;
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RpcClient _client;
    private readonly INetSnmpWorker _calls;
    private int _isEnding;

    private WorkerProcess(Process process, string address, ConnectionSettings settings)
    {
        _process = process;
        _settings = settings;
        Id = process.Id;
        _client = new RpcClient(address, new RpcClientOptions { WaitForServer = TimeSpan.FromSeconds(1) });
        _calls = _client.Get<INetSnmpWorker>();
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _exited.TrySetResult();
    }

    internal int Id { get; }

    /// <summary>Ends once the process is gone.</summary>
    internal Task Exited => _exited.Task;

    /// <summary>Whether its end is wanted.</summary>
    internal bool IsEnding => Volatile.Read(ref _isEnding) != 0;

    /// <summary>Starts a process, and gives it its settings.</summary>
    /// <exception cref="ConnectFailedException">It cannot be started, or has no library that it knows.</exception>
    internal static async Task<WorkerProcess> StartAsync(
        WorkerSettings settings, NetSnmpOptions options, ConnectionSettings connection, CancellationToken cancellationToken)
    {
        var worker = Start(connection);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.StartTimeout);
            var reply = await worker.ConfigureAsync(settings.ToBytes(), limit.Token).ConfigureAwait(false);
            return WorkerReply.Read(reply, out var reason) == WorkerOutcome.Ready ? worker : throw Failed(connection, System.Text.Encoding.UTF8.GetString(reason.Span));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw Failed(connection, $"its worker process did not start within {options.StartTimeout.TotalSeconds} s");
        }
        catch (ServerDiedException error)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw Failed(connection, error.Message, error);
        }
        catch
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Has it carry out a request.</summary>
    /// <exception cref="ServerDiedException">It ended.</exception>
    internal async Task<byte[]> ExchangeAsync(byte[] frame, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls.ExchangeAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ServerDiedException or NoServerException)
        {
            // Its end is seen by two ways, one of which tells how it ended.
            await Exited.WaitAsync(TimeSpan.FromSeconds(1), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw Died(error);
        }
    }

    /// <summary>Ends it at once.</summary>
    internal void Kill()
    {
        if (!Exited.IsCompleted)
        {
            _process.Kill();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
        {
            return;
        }

        await EndAsync().ConfigureAwait(false);
        await _client.DisposeAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    // In order, by the end of its input; one that is stopped or stuck is killed.
    private async Task EndAsync()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        await Exited.WaitAsync(EndPatience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Kill();
        await Exited.ConfigureAwait(false);
    }

    /// <summary>That it ended, in words.</summary>
    internal ServerDiedException Died(Exception? cause = null) => new(
        $"The worker process {Id} of connection '{_settings.Alias}' of device '{_settings.DeviceName}' ended{HowItEnded()}. Whether the agent has carried out the request "
        + "that was in flight is not known; connect again to go on.", cause)
    {
        Alias = _settings.Alias,
        Device = _settings.DeviceName,
    };

    // The code of a process that a signal ended is 128 and the signal's number.
    private string HowItEnded() => !Exited.IsCompleted || IsEnding ? "" : _process.ExitCode switch
    {
        0 => "",
        > 128 and var code => $" by signal {code - 128}",
        var code => $" with exit code {code}",
    };

    private async Task<byte[]> ConfigureAsync(byte[] settings, CancellationToken cancellationToken)
    {
        if (await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await Exited.WaitAsync(cancellationToken).ConfigureAwait(false);
            throw Died();
        }

        return await _calls.ConfigureAsync(settings, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How a worker is started that serves an address.</summary>
    internal static ProcessStartInfo StartInfo(string address, ConnectionSettings connection)
    {
        var start = WorkerCommand.For(address, connection);
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        start.WorkingDirectory = "/";
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static WorkerProcess Start(ConnectionSettings connection)
    {
        var address = $"shm://netsnmp-{Environment.ProcessId}-{Guid.NewGuid():n}";
        try
        {
            return new WorkerProcess(Process.Start(StartInfo(address, connection))!, address, connection);
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw Failed(connection, $"its worker process cannot be started: {error.Message}", error);
        }
    }

    // The library reads them by getenv, so that they must be there from the first instant.
    private static IEnumerable<(string Name, string? Value)> Variables =>
    [
        ("MIBS", ""), ("MIBDIRS", Nowhere), ("SNMPCONFPATH", Nowhere), ("SNMP_PERSISTENT_DIR", Nowhere), ("SNMP_PERSISTENT_FILE", null),
        ("DOTNET_EnableDiagnostics", "0"), ("DOTNET_TieredPGO", "0"), ("DOTNET_gcConcurrent", "0"),
    ];

    private static ConnectFailedException Failed(ConnectionSettings connection, string reason, Exception? cause = null) =>
        new($"Connection '{connection.Alias}' of device '{connection.DeviceName}' cannot be made: {reason.TrimEnd('.')}.", cause)
        {
            Alias = connection.Alias,
            Device = connection.DeviceName,
        };
}
