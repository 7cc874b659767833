using Connections.Pooling;

namespace Connections.Collector.Bus;

/// <summary>A broker cannot be used; the message says which, why, and what to do.</summary>
internal sealed class BrokerException(string message, Exception? innerException = null) : ConnectionException(message, innerException);
