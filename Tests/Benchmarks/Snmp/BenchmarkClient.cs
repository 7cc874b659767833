namespace Connections.Benchmarks.Snmp;

/// <summary>A client's process: measures one window for each line it is sent, and prints the sample.</summary>
internal static class BenchmarkClient
{
    internal static async Task RunAsync(string kind, int port)
    {
        Processors.UseForClient();
        var raw = new RawClient(port);
        var engine = new EngineClient(port, kind == "inline");
        while (await Console.In.ReadLineAsync() is not null)
        {
            var sample = kind == "raw" ? raw.Measure() : await engine.MeasureAsync();
            Console.WriteLine(sample.Format());
        }
    }
}
