using Connections.Pooling;

namespace Connections.Terminal;

/// <summary>
/// A device did not enter or leave its configuration mode as its platform does: it may have refused the configuration, or the platform is
/// another. The lines may be in force in part.
/// </summary>
public sealed class ConfigurationFailedException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public ConfigurationFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>What the device printed to the line that did not lead where it should.</summary>
    public required string Output { get; init; }
}
