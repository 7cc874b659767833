namespace Connections.Snmp.Collection;

/// <summary>A request names a device or credentials that its collector does not know.</summary>
public sealed class UnknownTargetException : SnmpException
{
    /// <inheritdoc cref="SnmpException(string, Exception?)"/>
    public UnknownTargetException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
