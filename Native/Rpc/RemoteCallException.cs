using Connections.Pooling;

namespace Connections.Native.Rpc;

/// <summary>The implementation of a service threw; the message is what its exception said.</summary>
public sealed class RemoteCallException : ConnectionException
{
    /// <summary>Makes the error that stands for one of another process.</summary>
    /// <param name="remoteType">The full name of the exception's type there.</param>
    /// <param name="message">Its message.</param>
    public RemoteCallException(string remoteType, string message)
        : base(message) => RemoteType = remoteType;

    /// <summary>The full name of the exception's type in the server, such as <c>System.IO.FileNotFoundException</c>.</summary>
    public string RemoteType { get; }
}
