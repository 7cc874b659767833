using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Connections.Native.Rpc;

/// <summary>How a server serves.</summary>
public sealed record RpcServerOptions
{
    internal static RpcServerOptions Default { get; } = new();

    /// <summary>How many calls it serves at once, 1 to 64; 1 by default. Others wait, first come first served, or go to another server.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int ConcurrentCalls
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 64);
            field = value;
        }
    } = 1;

    /// <summary>
    /// Whether an implementation is begun on the thread that receives, which answers fastest (true, the default). While it blocks that thread
    /// it hears of no cancellation, nor does its client's next call begin: one that blocks should be begun elsewhere, on the thread pool.
    /// </summary>
    public bool RunsInline { get; init; } = true;

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

    /// <summary>How many clients may be connected at once; 1,000 by default. More are turned away.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxConnections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1_000;

    /// <summary>How long a client may take from connecting to saying what it wants; 10 s by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, or negative and not infinite.</exception>
    public TimeSpan GreetingTimeout
    {
        get;
        init => field = RpcClientOptions.Checked(value);
    } = TimeSpan.FromSeconds(10);

    /// <summary>Certificates, for TCP; needed where other machines can connect.</summary>
    public RpcTls? Tls { get; init; }

    /// <summary>
    /// For TCP, whether other servers of this user that say so too may serve the same port; false by default. The system gives each connection to
    /// one of them, whether or not that one is free; a client whose server dies connects to another. Linux alone.
    /// </summary>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public bool SharesPort
    {
        get;
        init => field = !value || OperatingSystem.IsLinux() ? value : throw new PlatformNotSupportedException("Only on Linux can several servers have one port.");
    }

    /// <summary>The clock of the timeouts.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to tell of clients that were turned away or broke the protocol.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;
}
