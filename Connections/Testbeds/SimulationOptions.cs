namespace Connections.Testbeds;

/// <summary>How a device with <c>simulated</c> behaves.</summary>
public sealed record SimulationOptions
{
    /// <summary>The number of interfaces that it shows, from 1 to 10,000; null for the simulator's own choice.</summary>
    public int? Interfaces { get; init; }

    /// <summary>How long it takes to answer, up to 60 seconds.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>The share of requests that it never answers, from 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>The full path of a recording (<c>.snmprec</c>, <c>.snmpwalk</c>) that it plays; null for synthetic data.</summary>
    public string? Recording { get; init; }

    /// <summary>The full path of a script (<see cref="Terminal.Simulation.TerminalScript"/>) that its command line plays; null for a synthetic one.</summary>
    public string? TerminalScript { get; init; }
}
