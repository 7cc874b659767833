using Connections.Snmp.Transport;

namespace Connections.Snmp.Tests.Engine;

internal static class Datagrams
{
    /// <summary>Receives until the wanted number has come, or nothing comes for long.</summary>
    internal static int ReceiveAll(IDatagramPoller poller, IDatagramSocket socket, ReceiveBatch batch, int wanted, List<byte[]> received)
    {
        for (var round = 0; received.Count < wanted && round < 1_000; round++)
        {
            while (socket.Receive(batch) > 0)
            {
                for (var i = 0; i < batch.Count; i++)
                {
                    received.Add(batch.Datagram(i).ToArray());
                }
            }

            if (received.Count < wanted)
            {
                poller.Wait(5_000);
            }
        }

        return received.Count;
    }
}
