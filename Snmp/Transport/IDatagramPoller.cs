namespace Connections.Snmp.Transport;

/// <summary>Lets one thread wait for several sockets at once, and any other thread wake it.</summary>
internal interface IDatagramPoller : IDisposable
{
    /// <summary>Waits for this socket too. Called by the waiting thread alone.</summary>
    void Add(IDatagramSocket socket);

    /// <summary>
    /// Returns when a socket has a datagram or an error, when <see cref="Wake"/> was called since the last return, or after
    /// <paramref name="timeout"/> (<see cref="Timeout.InfiniteTimeSpan"/> waits without end), which may be less than a millisecond. Early returns are
    /// allowed. Called by one thread alone.
    /// </summary>
    void Wait(TimeSpan timeout);

    /// <summary>Waits, in milliseconds; -1 waits without end.</summary>
    void Wait(int timeoutMilliseconds) => Wait(TimeSpan.FromMilliseconds(timeoutMilliseconds));

    /// <summary>Makes the present or the next <see cref="Wait(TimeSpan)"/> return. Any thread; also after disposal, without effect.</summary>
    void Wake();
}
