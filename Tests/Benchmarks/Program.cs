using Connections.Benchmarks.Pools;

switch (args)
{
    case ["pools"]:
        await PoolBenchmark.RunAsync(Console.Out);
        return 0;
    default:
        Console.Error.WriteLine("""
            usage: dotnet run -c Release --project Tests/Benchmarks -- BENCHMARK

              pools   lease and return of WorkerPool beside Channel and SemaphoreSlim
            """);
        return 2;
}
