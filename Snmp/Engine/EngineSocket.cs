using System.Net;
using Connections.Snmp.Transport;
using Connections.Snmp.Transport.Streams;

namespace Connections.Snmp.Engine;

/// <summary>
/// A socket of the engine, one for each transport, address family and source address, with what the I/O thread is about to send through it and the room that replies to
/// requests in flight may take of its receive buffer, past which the kernel would drop them silently.
/// </summary>
internal sealed class EngineSocket : IDisposable
{
    private readonly int _maxInFlight;
    private long _reserved;
    private int _inFlight;

    /// <param name="local">The address that it sends from; a wildcard lets the system choose.</param>
    /// <param name="transport">What it sends in.</param>
    /// <param name="socket">The socket itself.</param>
    /// <param name="maxInFlight">How many requests may be in flight at once.</param>
    internal EngineSocket(IPAddress local, SnmpTransport transport, IDatagramSocket socket, int maxInFlight)
    {
        Local = local;
        Transport = transport;
        Socket = socket;
        Streams = socket as IStreamSocket;
        _maxInFlight = maxInFlight;
        Outgoing = new SendBatch();
    }

    /// <summary>The address that packets leave from; a wildcard lets the system choose.</summary>
    internal IPAddress Local { get; }

    internal SnmpTransport Transport { get; }

    internal IDatagramSocket Socket { get; }

    /// <summary>The same socket, if it has connections.</summary>
    internal IStreamSocket? Streams { get; }

    /// <summary>What the I/O thread sends at the end of its round.</summary>
    internal SendBatch Outgoing { get; }

    internal int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Whether the receive buffer, rather than the number allowed, is what limits.</summary>
    internal bool IsLimitedByBuffer => Volatile.Read(ref _inFlight) < _maxInFlight;

    /// <summary>Reserves room for a reply of this cost, unless that is more than there is; one request may always be in flight. Any thread.</summary>
    internal bool TryReserve(int cost)
    {
        var inFlight = Interlocked.Increment(ref _inFlight);
        var reserved = Interlocked.Add(ref _reserved, cost);
        if (inFlight == 1 || (inFlight <= _maxInFlight && reserved <= Socket.ReceiveBufferSize))
        {
            return true;
        }

        Release(cost);
        return false;
    }

    /// <summary>Gives the room back for others while the request stays in flight.</summary>
    internal void ReleaseRoom(int cost) => Interlocked.Add(ref _reserved, -cost);

    internal void Release(int cost)
    {
        Interlocked.Decrement(ref _inFlight);
        Interlocked.Add(ref _reserved, -cost);
    }

    /// <summary>Puts the packet among those that the I/O thread is about to send.</summary>
    internal void Enqueue(Operation operation)
    {
        if (!Outgoing.HasRoomFor(operation.PacketLength))
        {
            Flush();
        }

        Outgoing.Add(operation.Packet, operation.Target.Address);
    }

    internal void Flush()
    {
        if (Outgoing.Count > 0)
        {
            Socket.Send(Outgoing);
        }
    }

    public void Dispose()
    {
        Socket.Dispose();
        Outgoing.Dispose();
    }
}
