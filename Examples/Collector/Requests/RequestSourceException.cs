namespace Connections.Collector.Requests;

/// <summary>A file of requests cannot be read; the message names it, and says why.</summary>
internal sealed class RequestSourceException(string message, Exception innerException) : Exception(message, innerException);
