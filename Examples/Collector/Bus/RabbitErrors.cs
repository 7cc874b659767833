using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Connections.Collector.Bus;

/// <summary>Which failures of a broker pass by themselves.</summary>
internal static class RabbitErrors
{
    // Refused credentials and contradicting queues stay so, but a person may mend them while the collector waits; nothing is lost meanwhile.
    internal static bool IsTransient(Exception error) =>
        error is RabbitMQClientException or IOException or SocketException or TimeoutException or ObjectDisposedException;
}
