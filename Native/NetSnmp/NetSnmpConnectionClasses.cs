namespace Connections.NetSnmp;

/// <summary>The connection classes of this library, for testbeds to name.</summary>
public static class NetSnmpConnectionClasses
{
    /// <summary>
    /// Registers <see cref="NetSnmpConnection"/> under its own name, and as what serves an SNMP connection that says <c>backend: netsnmp</c>. To be called
    /// beside <see cref="Snmp.SnmpConnectionClasses.AddSnmp"/>.
    /// </summary>
    /// <returns><paramref name="classes"/>, to register more.</returns>
    public static ConnectionClasses AddNetSnmp(this ConnectionClasses classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return classes
            .Add($"snmp:{NetSnmpConnection.Backend}", static settings => new NetSnmpConnection(settings))
            .Add(nameof(NetSnmpConnection), static settings => new NetSnmpConnection(settings));
    }
}
