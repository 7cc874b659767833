namespace Connections.Harness.Labs;

/// <summary>Has the SNMP connections of a device write their traces into a file.</summary>
internal static class Tracing
{
    private const string Snmp = "snmp";
    private const string Argument = "trace";

    internal static DeviceSettings Into(string? path, DeviceSettings device) => path is null
        ? device
        : device with { Connections = device.Connections.ToDictionary(entry => entry.Key, entry => Into(path, entry.Value)) };

    private static ConnectionSettings Into(string path, ConnectionSettings connection) =>
        connection.Protocol == Snmp || connection.Via == Snmp
            ? connection with { Arguments = new Dictionary<string, string>(connection.Arguments) { [Argument] = path } }
            : connection;
}
