using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Connections.Execution;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Harness.Watching;
using Connections.NetSnmp.Sharing;
using Connections.Snmp.Agent;
using Connections.Testbeds;

namespace Connections.Harness.Commands;

/// <summary>Has the shared pools of a testbed, from connecting them to draining them.</summary>
internal sealed class ServePools : IAsyncDisposable
{
    private readonly SnmpSimulator _simulator = new();
    private readonly List<Device> _devices = [];
    private readonly ConcurrentBag<SharedSnmpPool> _pools = [];

    /// <summary>Serves until it is told to stop.</summary>
    /// <exception cref="OperationCanceledException">It was told to stop, and has.</exception>
    internal static async Task<int> RunAsync(string path, string[] devices, TimeSpan grace, Output output, CancellationToken cancellationToken)
    {
        var testbed = await Testbed.LoadAsync(path, cancellationToken);
        var definitions = devices.Length == 0 ? testbed.Devices.Values : devices.Select(testbed.GetDevice).Distinct();
        await using var serving = new ServePools();
        var connections = definitions.SelectMany(serving.Add).ToList();
        if (connections.Count == 0)
        {
            throw new UsageException($"{path}: no connection says 'shared: true', so that there is nothing to serve. Add it to those that processes are to share.");
        }

        await using var watched = WatchedProcess.Open(testbed.Name, () => serving._devices);
        return await serving.ServeAsync(connections, grace, output, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_devices.Select(static device => device.DisposeAsync().AsTask()));
        await _simulator.DisposeAsync();
    }

    /// <summary>Makes a device, if it has connections to share.</summary>
    private IEnumerable<Shared> Add(DeviceDefinition definition)
    {
        var shared = definition.Connections.Values.Where(static connection => connection.IsShared).ToList();
        if (shared.Count == 0)
        {
            return [];
        }

        var settings = Unshared(definition.Settings);
        var device = new Device(definition.Simulation is null ? settings : _simulator.Start(definition, settings), LabClasses.Own);
        _devices.Add(device);
        return shared.Select(connection => new Shared(device, connection));
    }

    private static DeviceSettings Unshared(DeviceSettings settings) => settings with
    {
        Connections = settings.Connections.ToDictionary(static entry => entry.Key, static entry => entry.Value.WithoutSharing()),
    };

    private async Task<int> ServeAsync(IReadOnlyList<Shared> connections, TimeSpan grace, Output output, CancellationToken cancellationToken)
    {
        try
        {
            var started = await ParallelCall.RunAsync(connections, (shared, token) => StartAsync(shared, output, token), cancellationToken: cancellationToken);
            foreach (var failed in started.Where(static start => !start.IsSuccess))
            {
                ShowFailed(failed.Input.Device.Name, failed.Error!, output);
            }

            return _pools.IsEmpty ? ExitCode.DeviceFailed : await UntilStoppedAsync(_pools.Count == started.Count, cancellationToken);
        }
        finally
        {
            await Task.WhenAll(_pools.Select(pool => pool.StopAsync(grace)));
        }
    }

    private async ValueTask<bool> StartAsync(Shared shared, Output output, CancellationToken cancellationToken)
    {
        var pool = await SharedSnmpPool.StartAsync(shared.Device, shared.Connection, cancellationToken);
        _pools.Add(pool);
        Show(pool, output);
        return true;
    }

    private static async Task<int> UntilStoppedAsync(bool isComplete, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !Interruption.IsTermination ? throw new OperationCanceledException(cancellationToken)
            : isComplete ? ExitCode.Success : ExitCode.DeviceFailed;
    }

    private static void Show(SharedSnmpPool pool, Output output)
    {
        var workers = pool.Settings.PoolSize ?? 1;
        if (output.IsJson)
        {
            Output.Json(new JsonObject
            {
                ["kind"] = "serving",
                ["device"] = pool.Settings.DeviceName,
                ["alias"] = pool.Settings.Alias,
                ["workers"] = workers,
            });
        }
        else
        {
            Output.Line($"serving {pool.Name} with {workers} worker{(workers == 1 ? "" : "s")}");
        }
    }

    private static void ShowFailed(string device, Exception error, Output output)
    {
        Output.Error(device, Failure.Explain(error));
        if (output.IsJson)
        {
            Output.Json(JsonText.Failed(device, error));
        }
    }

    /// <summary>A connection as its testbed has it, and the device that really has it.</summary>
    private sealed record Shared(Device Device, ConnectionSettings Connection);
}
