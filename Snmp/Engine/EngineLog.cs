using Microsoft.Extensions.Logging;

namespace Connections.Snmp.Engine;

/// <summary>What an engine writes to its log.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Warning,
        "The receive buffer of {Bytes} bytes limits the SNMP requests in flight to {InFlight} now; further ones wait. Allow a larger one (net.core.rmem_max on Linux).")]
    internal static partial void BufferLimits(ILogger logger, int bytes, int inFlight);

    [LoggerMessage(2, LogLevel.Warning,
        "Code that awaited {Count} SNMP requests held the engine's thread for {Milliseconds} ms; all other requests waited. Such code must not run with InlineContinuations.")]
    internal static partial void SlowContinuations(ILogger logger, int count, double milliseconds);

    [LoggerMessage(3, LogLevel.Critical, "The SNMP engine has failed; all its requests fail from now on.")]
    internal static partial void Failed(ILogger logger, Exception error);

    [LoggerMessage(4, LogLevel.Warning,
        "{Target}: the clock of its SNMP engine went backwards; it insisted on that, and the new time was taken over.")]
    internal static partial void SteppedBack(ILogger logger, SnmpTarget target);

    [LoggerMessage(5, LogLevel.Warning, "The trace of {Device} ended, because its sink failed.")]
    internal static partial void TraceFailed(ILogger logger, System.Net.IPEndPoint device, Exception error);
}
