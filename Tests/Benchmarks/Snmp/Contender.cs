namespace Connections.Benchmarks.Snmp;

/// <summary>One client of a contest, and what it has shown so far.</summary>
internal sealed class Contender : IAsyncDisposable
{
    private readonly ChildProcess? _process;
    private readonly string? _missing;

    private Contender(string name, ChildProcess? process, string? missing)
    {
        Name = name;
        _process = process;
        _missing = missing;
    }

    internal string Name { get; }

    /// <summary>Why there is nothing to measure; null where there is.</summary>
    internal string? Missing => _missing;

    internal List<Sample> Samples { get; } = [];

    /// <summary>A client of this program's own.</summary>
    internal static Contender Of(string name, params IEnumerable<string> arguments) =>
        new(name, ChildProcess.Start(Processors.ForClient, ["snmp-client", .. arguments]), null);

    /// <summary>A program in C that is made for the benchmark.</summary>
    internal static async Task<Contender> OfPeerAsync(string name, Peer peer, params IReadOnlyList<string> arguments)
    {
        var (program, missing) = await peer.BuildAsync();
        return new Contender(name, program is null ? null : ChildProcess.StartProgram(Processors.ForClient, program, arguments), missing);
    }

    internal async Task<Sample?> MeasureAsync(Window window)
    {
        if (_process is null)
        {
            return null;
        }

        await _process.WriteAsync(window.Format());
        return Sample.Parse(await _process.ReadAsync());
    }

    internal double Median(Func<Sample, double> select) => Statistics.Median(Samples.Select(select));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
