namespace Connections.Harness.Labs;

/// <summary>Devices with single connections in place of pools, for what wants one session of its own.</summary>
internal static class SingleSessions
{
    /// <summary>The same device once more; to be disposed by itself.</summary>
    internal static Device Of(Device device) => Of(device, static connection => connection);

    /// <summary>The same device once more, for a person at a terminal, who sees it as it is: its pages, its echo and its prompt.</summary>
    internal static Device AsItIs(Device device) => Of(device, static connection => connection with
    {
        Os = null,
        Platform = null,
        Arguments = connection.Arguments.Where(static argument => argument.Key != "platform")
            .ToDictionary(static argument => argument.Key, static argument => argument.Value, StringComparer.Ordinal),
    });

    /// <summary>Connects a device that was made here, or disposes it.</summary>
    internal static async Task<Device> ConnectAsync(Device device, string alias, CancellationToken cancellationToken)
    {
        try
        {
            await device.ConnectAsync(alias, cancellationToken);
            return device;
        }
        catch
        {
            await device.DisposeAsync();
            throw;
        }
    }

    private static Device Of(Device device, Func<ConnectionSettings, ConnectionSettings> change) => new(
        device.Settings with
        {
            Connections = device.Settings.Connections.ToDictionary(static entry => entry.Key, entry => change(Unpooled(entry.Value)), StringComparer.Ordinal),
        },
        LabClasses.All,
        device.Options);

    // A shared pool is the other process's matter.
    private static ConnectionSettings Unpooled(ConnectionSettings connection) =>
        connection.IsShared ? connection : connection with { PoolSize = null, PoolTimeout = null };
}
