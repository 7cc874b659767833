using Connections.Pooling;

namespace Connections.Collector.Database;

/// <summary>A database does not take rows; the message says which, why, and what to do.</summary>
internal sealed class DatabaseException(string message, Exception? innerException = null) : ConnectionException(message, innerException);
