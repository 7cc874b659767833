using System.Collections.Concurrent;

namespace Connections.Tests.Devices;

/// <summary>The far end of <see cref="EchoConnection"/>s.</summary>
public sealed class EchoDevice
{
    private readonly ConcurrentDictionary<EchoConnection, int> _inside = new();
    private int _opened;
    private int _closed;

    /// <summary>When connections open; at once by default.</summary>
    public Task Opening { get; set; } = Task.CompletedTask;

    /// <summary>When calls are answered; at once by default.</summary>
    public Task Answering { get; set; } = Task.CompletedTask;

    /// <summary>Whether a connection can be brought back in step.</summary>
    public bool CanReset { get; set; }

    public int Resets { get; set; }

    public int Aborts { get; set; }

    /// <summary>Whether the device still answers when it is asked.</summary>
    public bool IsHealthy { get; set; } = true;

    public int HealthChecks { get; set; }

    public int OpenedCount => Volatile.Read(ref _opened);

    public int ClosedCount => Volatile.Read(ref _closed);

    /// <summary>The calls in the order in which they reached the device.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>How many calls are on the lines now.</summary>
    public int Inside => _inside.Values.Sum();

    /// <summary>Whether two calls ever met on one line.</summary>
    public bool Collided { get; private set; }

    internal int Opened() => Interlocked.Increment(ref _opened);

    internal void Closed() => Interlocked.Increment(ref _closed);

    internal IDisposable Enter(EchoConnection connection, string text)
    {
        Calls.Enqueue(text);
        Collided |= _inside.AddOrUpdate(connection, 1, static (_, count) => count + 1) > 1;
        return new Leaving(() => _inside.AddOrUpdate(connection, 0, static (_, count) => count - 1));
    }

    private sealed class Leaving(Action leave) : IDisposable
    {
        public void Dispose() => leave();
    }
}
