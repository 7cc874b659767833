using Connections.Pooling;

namespace Connections.Terminal;

/// <summary>A connection goes through a program that is not installed.</summary>
public sealed class ProgramMissingException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public ProgramMissingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The name of the program.</summary>
    public required string Program { get; init; }
}
