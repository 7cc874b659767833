namespace Connections.Snmp;

/// <summary>How often and how long one request is tried, instead of what its target's options say. Immutable.</summary>
/// <param name="Timeout">How long the first attempt waits, 1 ms to 1 h.</param>
/// <param name="Retries">How often the request is sent again, 0 to 100.</param>
/// <param name="Backoff">By what each further attempt waits longer, 1 to 10.</param>
public sealed record SnmpAttempts(TimeSpan Timeout, int Retries, double Backoff = 1.5)
{
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    internal void Validate() => new SnmpOptions { Timeout = Timeout, Retries = Retries, Backoff = Backoff }.Validate();
}
