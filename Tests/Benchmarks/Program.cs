using System.Globalization;
using Connections.Benchmarks.Locks;
using Connections.Benchmarks.Pools;
using Connections.Benchmarks.Snmp;

switch (args)
{
    case ["locks"]:
        await LockBenchmark.RunAsync(Console.Out);
        return 0;
    case ["locks", "--check"]:
        return await (await LockBenchmark.RunAsync(Console.Out)).WriteAsync(Console.Out);
    case ["pools"]:
        await PoolBenchmark.RunAsync(Console.Out);
        return 0;
    case ["pools", "--check"]:
        return await (await PoolBenchmark.RunAsync(Console.Out)).WriteAsync(Console.Out);
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

              locks [--check]                 ReentrantAsyncLock beside SemaphoreSlim, ConcurrencyLimiter, Monitor and Lock
              pools [--check]                 lease and return of WorkerPool beside Channel, SemaphoreSlim and ConcurrencyLimiter
              snmp [ROUNDS] [--raw-agent]     CPU per GET beside a raw socket client, 1,000 simulated hosts

            --check exits with 1 where a number that is to be reached is missed.
            """);
        return 2;
}
