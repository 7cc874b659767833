using Connections.Snmp.Transport.Streams;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Snmp.Engine;

/// <summary>How an engine works. Immutable.</summary>
public sealed record SnmpEngineOptions
{
    /// <summary>How many requests may be in flight at once on each address family, 1 to 65,536; further ones wait their turn.</summary>
    public int MaxInFlight { get; init; } = 16_384;

    /// <summary>
    /// The receive buffer to ask the system for, in bytes, at least 4,096. What it grants limits the requests in flight too, since
    /// replies beyond it would be lost; the log says so.
    /// </summary>
    public int ReceiveBufferSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Always runs the code that awaits a request on the engine's own thread. Such code must not block and not compute for long, since all other requests wait
    /// for it; what takes more than 1 ms is logged. Otherwise it runs there while it takes some microseconds, and on the thread pool while it takes longer;
    /// and it may block, since another thread then carries on with the engine's work.
    /// </summary>
    public bool InlineContinuations { get; init; }

    /// <summary>Where the engine writes its warnings.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Uses the portable sockets although the system has faster calls.</summary>
    internal bool PortableTransport { get; init; }

    /// <summary>How long TCP connections are waited for.</summary>
    internal StreamSocketOptions Streams { get; init; } = new();

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxInFlight);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxInFlight, 65_536);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReceiveBufferSize, 4_096);
        ArgumentNullException.ThrowIfNull(Logger);
    }
}
