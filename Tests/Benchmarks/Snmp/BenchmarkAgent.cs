using System.Globalization;
using System.Net;
using Connections.Snmp.Agent;
using Connections.Snmp.Transport;

namespace Connections.Benchmarks.Snmp;

/// <summary>The agent's process: hosts on as many loopback addresses and one port, which it prints.</summary>
internal static class BenchmarkAgent
{
    /// <summary>From here on, no host is ever there.</summary>
    internal const int FirstDeadHost = 10_000;

    internal static async Task RunAsync(string kind, IEnumerable<string> numbers)
    {
        if (kind == "raw")
        {
            using var responder = new RawResponder();
            Console.WriteLine(responder.Port);
            await WaitForEndAsync();
            return;
        }

        var extents = numbers.Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        await using var agent = new SnmpAgent();
        Console.WriteLine(kind == "table"
            ? AddHosts(agent, extents[0], new SyntheticTable { Rows = extents[1], Columns = extents[2] }.ToData(), TimeSpan.FromMilliseconds(extents[3]))
            : AddHosts(agent, extents[0], SyntheticDevice.Create("host", seed: 1), TimeSpan.Zero));
        await WaitForEndAsync();
    }

    internal static IPAddress AddressOf(int host) => new([127, 1, (byte)(host / 250), (byte)(host % 250 + 1)]);

    private static int AddHosts(SnmpAgent agent, int hosts, MibData data, TimeSpan latency)
    {
        var port = 0;
        for (var host = 0; host < hosts; host++)
        {
            var options = new SimulatedDeviceOptions
            {
                Name = $"host-{host}",
                Data = data,
                EndPoint = new IPEndPoint(AddressOf(host), port),
                Latency = latency,
            };
            port = agent.Add(options).EndPoint.Port;
        }

        return port;
    }

    private static async Task WaitForEndAsync()
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
            continue;
        }
    }

    /// <summary>Turns each request into a response of the same length, whose values are null: the fastest peer there can be.</summary>
    private sealed class RawResponder : IDisposable
    {
        // Where the PDU's tag stands behind the community "public".
        private const int PduOffset = 13;

        private readonly IDatagramSocket _socket = DatagramTransport.Open(new DatagramSocketOptions
        {
            LocalEndPoint = new IPEndPoint(IPAddress.Any, 0),
            ReportsLocalAddress = true,
            LoopbackOnly = true,
        });

        internal RawResponder() => new Thread(Run) { IsBackground = true }.Start();

        internal int Port => _socket.LocalEndPoint.Port;

        public void Dispose() => _socket.Dispose();

        private void Run()
        {
            using var poller = DatagramTransport.CreatePoller();
            using var received = new ReceiveBatch();
            using var replies = new SendBatch();
            poller.Add(_socket);
            while (true)
            {
                poller.Wait(-1);
                while (_socket.Receive(received) > 0)
                {
                    for (var i = 0; i < received.Count; i++)
                    {
                        var request = received.Datagram(i);
                        request.CopyTo(replies.Free);
                        replies.Free[PduOffset] = 0xA2;
                        replies.Commit(request.Length, received.Peer(i), received.Local(i));
                    }

                    _socket.Send(replies);
                }
            }
        }
    }
}
