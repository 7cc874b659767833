using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Connections.Collector.Bus;

/// <summary>Which failures of a broker pass by themselves, and what they are in words.</summary>
internal static class RabbitErrors
{
    // Refused credentials and contradicting queues stay so, but a person may mend them while the collector waits; nothing is lost meanwhile.
    internal static bool IsTransient(Exception error) =>
        error is RabbitMQClientException or IOException or SocketException or TimeoutException or ObjectDisposedException;

    /// <summary>What happened, in one sentence: what the broker said, or else the innermost cause.</summary>
    internal static string ReasonOf(Exception error)
    {
        var cause = error;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
        }

        var text = cause is OperationInterruptedException { ShutdownReason.ReplyText: { Length: > 0 } told } ? told : cause.Message;
        return $"{text.TrimEnd('.')}.";
    }
}
