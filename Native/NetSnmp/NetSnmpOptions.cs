namespace Connections.NetSnmp;

/// <summary>How worker processes are started. Immutable.</summary>
public sealed record NetSnmpOptions
{
    internal static NetSnmpOptions Default { get; } = new();

    /// <summary>What the system's library may be called, tried in this order; by default the names that Linux distributions give it.</summary>
    public IReadOnlyList<string> LibraryNames { get; init; } = Worker.Binding.NetSnmpLibrary.Names;

    /// <summary>How long a worker may take to start, 1 s to 10 min; by default 1 min, since a machine that starts many at once is slow.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long past the agent's own time a worker may stay silent before it is given up and ended, 100 ms to 10 min; 2 s by default. Net-SNMP itself never
    /// takes so long: only a process that is stopped, or stuck, does.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);

    /// <exception cref="ArgumentOutOfRangeException">A time is out of its range.</exception>
    /// <exception cref="ArgumentException">There is no name of a library.</exception>
    internal void Validate()
    {
        if (LibraryNames is not { Count: > 0 })
        {
            throw new ArgumentException("There must be a name to find the library by.", nameof(LibraryNames));
        }

        Check(StartTimeout, TimeSpan.FromSeconds(1), nameof(StartTimeout));
        Check(Grace, TimeSpan.FromMilliseconds(100), nameof(Grace));
    }

    private static void Check(TimeSpan time, TimeSpan least, string name)
    {
        if (time < least || time > TimeSpan.FromMinutes(10))
        {
            throw new ArgumentOutOfRangeException(name, time, $"The time must be from {least.TotalSeconds} s to 10 min.");
        }
    }
}
