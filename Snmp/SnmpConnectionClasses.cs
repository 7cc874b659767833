namespace Connections.Snmp;

/// <summary>The connection classes of this library, for testbeds to name.</summary>
public static class SnmpConnectionClasses
{
    /// <summary>Registers <see cref="SnmpConnection"/> under its own name and under <c>snmp</c>, which serves the protocol of that name too.</summary>
    /// <returns><paramref name="classes"/>, to register more.</returns>
    public static ConnectionClasses AddSnmp(this ConnectionClasses classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return classes
            .Add("snmp", static settings => new SnmpConnection(settings))
            .Add(nameof(SnmpConnection), static settings => new SnmpConnection(settings));
    }
}
