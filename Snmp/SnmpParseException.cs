namespace Connections.Snmp;

/// <summary>A text or octets are not what SNMP allows: an OID with letters in it, a truncated message.</summary>
public sealed class SnmpParseException : SnmpException
{
    /// <inheritdoc cref="SnmpException(string, Exception?)"/>
    public SnmpParseException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
