using System.Diagnostics;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

/// <summary>What an engine knows of one device, whoever talks to it: the size of its replies, its figures, and the requests that wait for their turn.</summary>
internal sealed partial class EngineDevice(DatagramEndPoint address)
{
    internal readonly DatagramEndPoint Address = address;

    internal ReplySizing Sizing { get; } = new();

    internal DeviceFigures Figures { get; } = new();

    /// <summary>Takes note of a valid response. On the I/O thread.</summary>
    internal void NoteResponse(Operation operation, int requestId, int octets, long now, long receivedAt)
    {
        Figures.Responses++;
        Sizing.NoteWhole(operation.PacketLength, octets);
        NoteAnswer(now);

        // A reply to an attempt before the last one was not under way since then (Karn's algorithm).
        if (operation.IsLastAttempt(requestId))
        {
            Figures.NoteRoundTrip(Stopwatch.GetElapsedTime(operation.SentAt, receivedAt).Ticks);
        }
    }
}
