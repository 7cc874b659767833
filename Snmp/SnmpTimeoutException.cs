using System.Net;
using Connections.Pooling;

namespace Connections.Snmp;

/// <summary>No valid response came in time. The message names the target, the attempts, the time, and what may be the cause.</summary>
public sealed class SnmpTimeoutException : TimeoutException, IConnectionError
{
    internal SnmpTimeoutException(SnmpTarget target, int attempts, TimeSpan elapsed, string hint)
        : base($"{target} did not answer {Count(attempts)} within {Seconds(elapsed)}: {hint}.")
    {
        EndPoint = target.EndPoint;
        Device = target.Device;
        Alias = target.Alias;
        Attempts = attempts;
        Elapsed = elapsed;
        Hint = hint;
    }

    /// <inheritdoc/>
    public string? Alias { get; }

    /// <inheritdoc/>
    public string? Device { get; }

    /// <inheritdoc/>
    public bool IsTransient => true;

    /// <summary>Where the request was sent.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>How often the request was sent.</summary>
    public int Attempts { get; }

    /// <summary>How long the call waited in all.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>What may be the cause, in words.</summary>
    public string Hint { get; }

    private static string Count(int attempts) => attempts switch
    {
        0 => "(the request was held back and never sent, because earlier ones to the device had no answer yet, or too many in all were waiting)",
        1 => "1 attempt",
        _ => $"{attempts} attempts",
    };

    private static string Seconds(TimeSpan elapsed) => FormattableString.Invariant($"{elapsed.TotalSeconds:0.##} s");
}
