namespace Connections.Terminal.Ssh;

/// <summary>An OpenSSH client ended: it did not get a session, or lost it.</summary>
public sealed class SshException : IOException
{
    /// <summary>Makes an error that says what happened and what to do.</summary>
    public SshException(string message, SshFailure reason, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>Why it ended.</summary>
    public SshFailure Reason { get; }
}
