using System.Globalization;
using Connections.Benchmarks.Pools;
using Connections.Benchmarks.Snmp;

switch (args)
{
    case ["pools"]:
        await PoolBenchmark.RunAsync(Console.Out);
        return 0;
    case ["snmp", ..]:
        await SnmpBenchmark.RunAsync(Console.Out, args.AsMemory(1));
        return 0;
    case ["snmp-agent", var kind]:
        await BenchmarkAgent.RunAsync(kind);
        return 0;
    case ["snmp-client", var kind, var port]:
        await BenchmarkClient.RunAsync(kind, int.Parse(port, CultureInfo.InvariantCulture));
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project Tests/Benchmarks -- BENCHMARK

              pools                           lease and return of WorkerPool beside Channel and SemaphoreSlim
              snmp [ROUNDS] [--raw-agent]     CPU per GET beside a raw socket client, 1,000 simulated hosts
            """);
        return 2;
}
