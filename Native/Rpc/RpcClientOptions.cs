namespace Connections.Native.Rpc;

/// <summary>How a client calls.</summary>
public sealed record RpcClientOptions
{
    internal static RpcClientOptions Default { get; } = new();

    /// <summary>
    /// How long a call may take, the wait for a free server included; for a stream, how long each element may. Endless by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, or negative and not infinite.</exception>
    public TimeSpan Timeout
    {
        get;
        init => field = Checked(value);
    } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>
    /// How long a call waits for a free server at <c>shm://</c>, within <see cref="Timeout"/>; endless by default. If the time is over, it fails with
    /// <see cref="RpcTimeoutException"/>, whose <see cref="RpcTimeoutException.WasQueued"/> is true.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, or negative and not infinite.</exception>
    public TimeSpan QueueTimeout
    {
        get;
        init => field = Checked(value);
    } = System.Threading.Timeout.InfiniteTimeSpan;

    /// <summary>How long a call waits where no server serves the address at all, before it fails; 5 s by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative and not infinite.</exception>
    public TimeSpan WaitForServer
    {
        get;
        init => field = value == TimeSpan.Zero ? value : Checked(value);
    } = TimeSpan.FromSeconds(5);

    /// <summary>How often a call of an <see cref="IdempotentAttribute"/> method is made at most, if its servers die; 3 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxAttempts
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 3;

    /// <summary>The longest message in bytes that is received; 64 MiB by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 64 KiB.</exception>
    public int MaxMessageSize
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 64 * 1024);
            field = value;
        }
    } = 64 * 1024 * 1024;

    /// <summary>Certificates, for TCP; needed beyond this machine.</summary>
    public RpcTls? Tls { get; init; }

    /// <summary>The clock of the timeouts.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal static TimeSpan Checked(TimeSpan timeout)
    {
        if (timeout != System.Threading.Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        }

        return timeout;
    }
}
