using System.Net;

namespace Connections.Snmp.Transport;

/// <summary>
/// An unconnected UDP socket that receives and sends in batches. One thread receives; any thread may send at the same time,
/// each from a batch of its own.
/// </summary>
internal interface IDatagramSocket : IDisposable
{
    /// <summary>Where the socket is bound.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>The receive buffer in effect, in bytes as the kernel accounts them, its own overhead included.</summary>
    int ReceiveBufferSize { get; }

    /// <summary>Takes the datagrams that are waiting, without waiting for any; 0 when none is.</summary>
    int Receive(ReceiveBatch batch);

    /// <summary>
    /// Sends every datagram of the batch and empties it; returns how many left. One that the system refuses (no route, too
    /// large, no buffers) is dropped as the network might drop it, and never holds back the others. After disposal, all are dropped.
    /// </summary>
    int Send(SendBatch batch);

    /// <summary>Sends one datagram at once; it is dropped where a batch's would be.</summary>
    void Send(ReadOnlySpan<byte> datagram, in DatagramEndPoint peer);

    /// <summary>
    /// Takes one ICMP error about a datagram sent earlier; <see langword="false"/> when none is waiting.
    /// </summary>
    /// <param name="original">Receives the start of the datagram that was refused.</param>
    /// <param name="error">Where it was sent, and what came of it.</param>
    bool TryReceiveError(Span<byte> original, out DatagramError error);
}
