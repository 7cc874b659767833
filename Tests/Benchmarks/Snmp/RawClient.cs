using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Connections.Snmp.Protocol;
using Connections.Snmp.Transport;
using Connections.Snmp.Transport.Linux;

namespace Connections.Benchmarks.Snmp;

/// <summary>
/// The limit: one thread that sends the same packets and counts the replies, over blocking <c>recvmmsg</c> and <c>sendmmsg</c>, and
/// does nothing else. Each reply makes the next request to its sender.
/// </summary>
internal sealed unsafe class RawClient(int port)
{
    private const int WaitForOne = 0x10000; // MSG_WAITFORONE
    private const int LossTimeoutMilliseconds = 200;

    private readonly byte[] _packet = Packet();

    internal Sample Measure()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.ReceiveBufferSize = 16 * 1024 * 1024;
        socket.ReceiveTimeout = LossTimeoutMilliseconds;
        using var received = new ReceiveBatch(datagramSize: 2_048);
        using var requests = new SendBatch();
        SendToAll(socket, requests);

        Exchange(socket, received, requests, SnmpBenchmark.Ramp, 0);
        var meter = new Meter(0);
        return meter.Read(Exchange(socket, received, requests, SnmpBenchmark.Window, 0));
    }

    private long Exchange(Socket socket, ReceiveBatch received, SendBatch requests, TimeSpan time, long count)
    {
        var end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        var messages = received.Messages;
        while (Environment.TickCount64 < end)
        {
            for (var i = 0; i < messages.Capacity; i++)
            {
                messages.Headers[i].Header.NameLength = (uint)sizeof(DatagramEndPoint);
            }

            var replies = Libc.ReceiveMessages(socket.SafeHandle, messages.Headers, (uint)messages.Capacity, WaitForOne, null);
            if (replies <= 0)
            {
                SendToAll(socket, requests);
                continue;
            }

            received.Count = replies;
            for (var i = 0; i < replies; i++)
            {
                requests.Add(_packet, received.Peer(i));
            }

            Send(socket, requests);
            count += replies;
        }

        return count;
    }

    private void SendToAll(Socket socket, SendBatch requests)
    {
        for (var host = 0; host < SnmpBenchmark.Hosts; host++)
        {
            if (!requests.HasRoomFor(_packet.Length))
            {
                Send(socket, requests);
            }

            requests.Add(_packet, DatagramEndPoint.From(BenchmarkAgent.AddressOf(host), port));
        }

        Send(socket, requests);
    }

    private static void Send(Socket socket, SendBatch requests)
    {
        var messages = requests.Messages;
        for (var i = 0; i < requests.Count; i++)
        {
            messages.Headers[i].Header.NameLength = (uint)messages.Peers[i].NativeLength;
        }

        for (var sent = 0; sent < requests.Count;)
        {
            var count = Libc.SendMessages(socket.SafeHandle, messages.Headers + sent, (uint)(requests.Count - sent), 0);
            if (count <= 0)
            {
                throw new IOException("sendmmsg failed: " + Marshal.GetLastPInvokeErrorMessage());
            }

            sent += count;
        }

        requests.Clear();
    }

    private static byte[] Packet()
    {
        var buffer = new byte[256];
        SnmpMessageWriter.TryWrite(
            buffer, SnmpVersion.V2c, "public"u8, PduType.Get, 0x40000001, 0, 0, [EngineClient.Instance], out var length, out _);
        return buffer[..length];
    }
}
