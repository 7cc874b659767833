using System.Globalization;
using Connections.Benchmarks.Collect;
using Connections.Benchmarks.Insert;
using Connections.Benchmarks.Ipc;
using Connections.Benchmarks.Ipc.Calls;
using Connections.Benchmarks.Ipc.Killing;
using Connections.Benchmarks.Locks;
using Connections.Benchmarks.Mibs;
using Connections.Benchmarks.Pools;
using Connections.Benchmarks.Snmp;
using Connections.Benchmarks.Start;
using Connections.Benchmarks.Walk;

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
    case ["mibs"]:
        await MibBenchmark.RunAsync(Console.Out);
        return 0;
    case ["mibs", "--check"]:
        return await (await MibBenchmark.RunAsync(Console.Out)).WriteAsync(Console.Out);
    case ["start"]:
        await StartBenchmark.RunAsync(Console.Out);
        return 0;
    case ["ipc"]:
        await IpcBenchmark.RunAsync(Console.Out);
        return 0;
    case ["ipc", "--check"]:
        return await (await IpcBenchmark.RunAsync(Console.Out)).WriteAsync(Console.Out);
    case ["ipc-player", var name]:
        Player.Run(name);
        return 0;
    case ["ipc-echo", var name]:
        CallPlayers.Echo(name);
        return 0;
    case ["ipc-caller", var places]:
        CallPlayers.Call(places);
        return 0;
    case ["ipc-worker", var address]:
        await KillBenchmark.ServeAsync(address);
        return 0;
    case ["snmp", .. var rest]:
        return await BenchmarkArguments.RunAsync(rest, SnmpBenchmark.RunAsync);
    case ["walk", .. var rest]:
        return await BenchmarkArguments.RunAsync(rest, WalkBenchmark.RunAsync);
    case ["collect", .. var rest]:
        return await BenchmarkArguments.RunAsync(rest, CollectBenchmark.RunAsync);
    case ["insert", .. var rest]:
        return await BenchmarkArguments.RunAsync(rest, InsertBenchmark.RunAsync);
    case ["snmp-agent", var kind, .. var numbers]:
        await BenchmarkAgent.RunAsync(kind, numbers);
        return 0;
    case ["snmp-client", var kind, var port, .. var numbers]:
        await BenchmarkClient.RunAsync(kind, int.Parse(port, CultureInfo.InvariantCulture), numbers);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project Tests/Benchmarks -- BENCHMARK

              locks [--check]                 ReentrantAsyncLock beside SemaphoreSlim, ConcurrencyLimiter, Monitor and Lock
              pools [--check]                 lease and return of WorkerPool beside Channel, SemaphoreSlim and ConcurrencyLimiter
              ipc [--check]                   HybridLock beside named Mutex, flock and POSIX semaphore, alone and with another process;
                                              calls over shared memory beside Unix socket, TCP and pipe, and of a service;
                                              processes of a service that are killed
              mibs [--check]                  loading MIB modules, and names to OIDs and back, alone and while modules load
              start                           the size of the command as one file, and how long it takes to start
              snmp [OPTION]... [ROW]...       requests to many hosts: get, one, secured, dead (all by default)
              walk [OPTION]... [ROW]...       walks of tables: table, latency (both by default)
              collect [OPTION]...             whole collections: devices and varbinds a second, memory, blocks beside JSON
              insert [OPTION]...              records a second into a PostgreSQL of its own, by workers and batch size

            Options of snmp, walk, collect and insert: a number of rounds (5, or 15 with --check), --window SECONDS (5), --raw-agent (GETs are answered by
            a responder that does nothing else). Each client is a process of its own, on processor 0, and the agent is on the others.

            --check exits with 1 where a number that is to be reached is missed.
            """);
        return 2;
}
