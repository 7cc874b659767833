namespace Connections.Collector.Requests;

/// <summary>What came is no request that can be carried out; the message says why, and would say the same next time.</summary>
internal sealed class RequestFormatException(string message, Exception? innerException = null) : Exception(message, innerException);
