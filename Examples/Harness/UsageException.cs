namespace Connections.Harness;

/// <summary>The command line asks for something that makes no sense; the message says what would.</summary>
internal sealed class UsageException(string message, Exception? innerException = null) : Exception(message, innerException);
