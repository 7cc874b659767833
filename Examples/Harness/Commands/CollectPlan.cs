using System.Globalization;
using Connections.Collector.Requests;
using Connections.Harness.Labs;
using Connections.Harness.Rendering;
using Connections.Snmp;
using Connections.Snmp.Agent;
using Connections.Snmp.Collection;

namespace Connections.Harness.Commands;

/// <summary>What <c>collect</c> is to do, and what asks the devices. Disposing it ends what was started for it.</summary>
internal sealed class CollectPlan : IAsyncDisposable
{
    // A prime number, so that neither pages nor lanes fall in step with it.
    private const int Models = 61;

    private readonly List<IAsyncDisposable> _owned = [];
    private RequestFile? _file;

    private CollectPlan(IAsyncEnumerable<CollectRequest> requests, long? count, Func<CollectRequest, CancellationToken, ValueTask<ISnmpClient>> find)
    {
        Requests = requests;
        Count = count;
        Find = find;
    }

    internal IAsyncEnumerable<CollectRequest> Requests { get; private set; }

    /// <summary>How many requests there are; <see langword="null"/> where nobody knows before the end.</summary>
    internal long? Count { get; }

    internal Func<CollectRequest, CancellationToken, ValueTask<ISnmpClient>> Find { get; }

    /// <summary>How many lines were no requests.</summary>
    internal int Refused { get; private set; }

    internal static CollectPlan OfHosts(IReadOnlyList<string> hosts, CollectShape shape, CollectTargets targets) =>
        new(hosts.Distinct().Select(host => new CollectRequest(host, host, shape)).ToAsyncEnumerable(), hosts.Distinct().Count(), targets.FindAsync);

    /// <exception cref="UsageException">The file cannot be read.</exception>
    internal static CollectPlan OfFile(string path, CollectTargets targets, CancellationToken cancellationToken)
    {
        try
        {
            var file = new RequestFile(path);
            var plan = new CollectPlan(AsyncEnumerable.Empty<CollectRequest>(), count: null, targets.FindAsync);
            plan.Requests = file.ReadAsync(plan.Refuse(path), cancellationToken);
            plan._file = file;
            return plan;
        }
        catch (RequestSourceException error)
        {
            throw new UsageException(error.Message, error);
        }
    }

    /// <summary>The devices of a selection, which becomes the plan's. One that cannot be connected fails by itself.</summary>
    internal static async Task<CollectPlan> OfAsync(Selection selection, CollectShape shape, CancellationToken cancellationToken)
    {
        var connects = (await selection.ConnectAsync(cancellationToken)).ToDictionary(static connect => connect.Input.Name);
        var plan = new CollectPlan(selection.Devices.Select(device => new CollectRequest(device.Name, device.Name, shape)).ToAsyncEnumerable(), selection.Devices.Count, Find);
        plan._owned.Add(selection);
        return plan;

        ValueTask<ISnmpClient> Find(CollectRequest request, CancellationToken token)
        {
            var connect = connects[request.Target];
            return connect.IsSuccess
                ? ValueTask.FromResult(connect.Input.Device.Get<ISnmpClient>(connect.Input.Alias))
                : ValueTask.FromException<ISnmpClient>(connect.Error);
        }
    }

    /// <summary>Simulated devices of this process, each with one of a few tables: that of device n, counted from 0, has the seed n modulo 61.</summary>
    internal static CollectPlan OfSimulation(int count, int rows, int columns, CollectTargets targets)
    {
        var agent = new SnmpAgent();
        var tables = Enumerable.Range(0, Math.Min(count, Models)).Select(seed => new SyntheticTable { Rows = rows, Columns = columns, Seed = seed }).ToList();
        var data = tables.ConvertAll(static table => table.ToData());
        var devices = new SimulatedDeviceOptions { Name = "device", Data = data[0] }.Repeat(count)
            .Select((options, index) => agent.Add(options with { Data = data[index % data.Count] }))
            .ToList();
        var shape = new CollectShape(CollectKind.Walk, Enumerable.Range(1, columns).Select(column => tables[0].Entry.Append((uint)column)));
        var plan = new CollectPlan(devices.Select(device => new CollectRequest(device.Name, device.EndPoint.ToString(), shape)).ToAsyncEnumerable(), count, targets.FindAsync);
        plan._owned.Add(agent);
        return plan;
    }

    public async ValueTask DisposeAsync()
    {
        _file?.Dispose();
        foreach (var owned in _owned)
        {
            await owned.DisposeAsync();
        }
    }

    private Action<int, string> Refuse(string path) => (line, reason) =>
    {
        Refused++;
        Output.Error(string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}"), reason);
    };
}
