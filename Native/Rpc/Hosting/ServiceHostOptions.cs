using System.Diagnostics;

namespace Connections.Native.Rpc.Hosting;

/// <summary>How a <see cref="ServiceHost"/> runs its processes.</summary>
public sealed record ServiceHostOptions
{
    /// <summary>
    /// How a process of a service is started. It serves <see cref="ServiceDefinition.Address"/>, writes a line to its standard output once it does, and stops in order
    /// when its standard input ends.
    /// </summary>
    public required Func<ServiceDefinition, ProcessStartInfo> Command { get; init; }

    /// <summary>How often each service is looked at; 100 ms by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long there must be a process too many before one is stopped; 30 s by default.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a process may take to begin to serve; 1 min by default.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long calls may take to end in a process that is stopped before it is killed; 10 s by default.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait after a process has ended by itself; doubled each time that the next one lives no longer than <see cref="LongestPause"/>. 100 ms by default.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest such wait; 10 s by default.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
