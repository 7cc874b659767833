namespace Connections.NetSnmp.Sharing;

/// <summary>The connection class that stands for pools of other processes, for testbeds to name.</summary>
public static class SharedSnmpConnectionClasses
{
    /// <summary>
    /// Registers <see cref="SharedSnmpConnection"/> as what serves an SNMP connection that says <c>shared: true</c>. To be called beside
    /// <see cref="Snmp.SnmpConnectionClasses.AddSnmp"/>.
    /// </summary>
    /// <returns><paramref name="classes"/>, to register more.</returns>
    public static ConnectionClasses AddSharedSnmp(this ConnectionClasses classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return classes
            .Add("snmp:shared", static settings => new SharedSnmpConnection(settings))
            .Add(nameof(SharedSnmpConnection), static settings => new SharedSnmpConnection(settings));
    }
}
