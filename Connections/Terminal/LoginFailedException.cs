using Connections.Pooling;

namespace Connections.Terminal;

/// <summary>
/// A device does not let the user in: a password is wrong or missing, or a key is not accepted. The same attempt fails again, and some devices lock
/// users out for it.
/// </summary>
public sealed class LoginFailedException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public LoginFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The user who was to log in; null if none was given.</summary>
    public string? User { get; init; }
}
