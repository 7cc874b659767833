using Connections.Pooling;

namespace Connections.Snmp;

/// <summary>The base of the SNMP errors that are not timeouts.</summary>
public class SnmpException : ConnectionException
{
    /// <inheritdoc cref="ConnectionException(string, Exception?)"/>
    public SnmpException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
