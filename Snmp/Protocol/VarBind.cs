namespace Connections.Snmp.Protocol;

/// <summary>A variable binding: the name of an object instance, and its value or an exception.</summary>
/// <param name="Oid">The name.</param>
/// <param name="Value">The value; <see cref="SnmpType.Null"/> in requests that read.</param>
public readonly record struct VarBind(Oid Oid, SnmpValue Value)
{
    /// <summary>The form <c>1.3.6.1.2.1.1.5.0 = name</c>.</summary>
    /// <returns>The OID in digits, and the value as <see cref="SnmpValue.ToString"/> gives it.</returns>
    public override string ToString() => $"{Oid} = {Value}";
}
