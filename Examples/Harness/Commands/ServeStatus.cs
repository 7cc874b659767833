using System.Globalization;
using System.Text.Json.Nodes;
using Connections.Harness.Rendering;
using Connections.Native.Rpc.Hosting;
using Connections.NetSnmp.Sharing;
using Spectre.Console;

namespace Connections.Harness.Commands;

/// <summary><c>connections serve --status</c>: what is served on this machine, and how it stands.</summary>
internal static class ServeStatus
{
    internal static async Task<int> RunAsync(Output output, CancellationToken cancellationToken)
    {
        var pools = await SharedSnmpPool.ListAsync(cancellationToken);
        var services = ServiceHost.List();
        if (output.IsJson)
        {
            pools.Select(JsonOf).Concat(services.Select(JsonOf)).ToList().ForEach(Output.Json);
        }
        else if (pools.Count + services.Count == 0)
        {
            Output.Remark("Nothing is served.");
        }
        else
        {
            output.Screen.Write(TableOf(pools, services));
        }

        return ExitCode.Success;
    }

    private static JsonObject JsonOf(SharedPoolStatus pool) => new()
    {
        ["kind"] = "pool",
        ["name"] = pool.Name,
        ["pid"] = pool.ProcessId,
        ["workers"] = pool.Size,
        ["live"] = pool.Live,
        ["busy"] = pool.Busy,
        ["waiting"] = pool.Waiting,
        ["served"] = pool.Served,
        ["uptime"] = Math.Round(UpTime(pool.Since).TotalSeconds, 1),
    };

    private static JsonObject JsonOf(ServiceStatus service) => new()
    {
        ["kind"] = "service",
        ["name"] = service.Name,
        ["pid"] = service.HostProcessId,
        ["workers"] = service.Processes,
        ["busy"] = service.Busy,
        ["waiting"] = service.Waiting,
        ["served"] = service.Served,
        ["uptime"] = Math.Round(UpTime(service.Since).TotalSeconds, 1),
    };

    private static Table TableOf(IReadOnlyList<SharedPoolStatus> pools, IReadOnlyList<ServiceStatus> services)
    {
        var table = new Table { Border = TableBorder.None };
        table.AddColumn(Header("served"));
        foreach (var heading in (string[])["process", "workers", "busy", "waiting", "calls", "up"])
        {
            table.AddColumn(Header(heading).RightAligned());
        }

        foreach (var pool in pools)
        {
            AddRow(table, pool.Name, pool.ProcessId, pool.Size, pool.Busy, pool.Waiting, pool.Served, pool.Since);
        }

        foreach (var service in services)
        {
            AddRow(table, $"shm://{service.Name}", service.HostProcessId, service.Processes, service.Busy, service.Waiting, service.Served, service.Since);
        }

        return table;
    }

    private static void AddRow(Table table, string name, int process, int workers, int busy, int waiting, long calls, DateTimeOffset since) => table.AddRow(
        new Text(name),
        Number(process),
        Number(workers),
        Number(busy),
        Number(waiting),
        Number(calls),
        new Text(string.Create(CultureInfo.InvariantCulture, $"{UpTime(since).TotalSeconds:0} s")));

    private static TimeSpan UpTime(DateTimeOffset since) => DateTimeOffset.UtcNow - since;

    private static Text Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static TableColumn Header(string name) => new(new Text(name, Style.Plain.Decoration(Decoration.Dim)));
}
