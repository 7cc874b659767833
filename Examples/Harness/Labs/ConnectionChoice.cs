using System.Diagnostics.CodeAnalysis;

namespace Connections.Harness.Labs;

/// <summary>Which of a device's connections serves something.</summary>
internal static class ConnectionChoice
{
    /// <summary>The alias of the device's default connection if that can be used so, else of the first one that can; null if none can.</summary>
    internal static string? AliasOf<TClient>(Device device)
        where TClient : class => InOrder(device.Settings).FirstOrDefault(alias => Serves<TClient>(device, alias));

    /// <summary>Whether a connection can be used so.</summary>
    internal static bool Serves<TClient>(Device device, string alias)
        where TClient : class =>
        TryFind(device.Settings, alias, out var connection) && LabClasses.All.Serves<TClient>(connection, device.Settings.DefaultClass);

    /// <summary>The alias that is asked for, if that can be used so; without one, as <see cref="AliasOf"/> has it.</summary>
    /// <param name="device">The device.</param>
    /// <param name="alias">The alias that is asked for; null for none.</param>
    /// <param name="use">What the connection is to be used as, in words.</param>
    /// <exception cref="UnknownAliasException">The device has no such connection.</exception>
    /// <exception cref="UsageException">The connection cannot be used so, or none can; the message names those that there are.</exception>
    internal static string Choose<TClient>(Device device, string? alias, string use)
        where TClient : class
    {
        if (alias is null)
        {
            return AliasOf<TClient>(device)
                ?? throw new UsageException($"The device '{device.Name}' has no connection for {use}; it has {Listed(device.Settings)}. Choose other devices with --device.");
        }

        Require(device.Settings, alias);
        return Serves<TClient>(device, alias)
            ? alias
            : throw new UsageException($"The connection '{alias}' of device '{device.Name}' is none for {use}; it has {Listed(device.Settings)}.");
    }

    /// <summary>Finds what the testbed defines for an alias.</summary>
    /// <exception cref="UnknownAliasException">The device has no such connection; the message names those that it has.</exception>
    internal static void Require(DeviceSettings device, string alias)
    {
        // A device would open its only connection under whatever alias it is given; who names one here means one that exists.
        if (!TryFind(device, alias, out _))
        {
            throw new UnknownAliasException($"The device '{device.Name}' has no connection '{alias}'; it has {Listed(device)}.") { Alias = alias, Device = device.Name };
        }
    }

    /// <summary>The connections of a device with their protocols, for messages.</summary>
    internal static string Listed(DeviceSettings device) => device.Connections.Count == 0
        ? "none"
        : string.Join(", ", device.Connections.Select(static entry => KindOf(entry.Value) is var kind && kind == entry.Key ? kind : $"{entry.Key} ({kind})"));

    private static string KindOf(ConnectionSettings connection) => connection.Protocol ?? connection.Class ?? "no protocol";

    // The default alias may be a name of its own, which leads over one of the connections.
    private static bool TryFind(DeviceSettings device, string alias, [NotNullWhen(true)] out ConnectionSettings? connection)
    {
        var via = device.Connections.ContainsKey(alias) || alias != device.DefaultAlias ? alias : device.DefaultVia ?? device.Connections.Keys.FirstOrDefault(alias);
        return device.Connections.TryGetValue(via, out connection);
    }

    private static IEnumerable<string> InOrder(DeviceSettings device) =>
        new[] { device.DefaultAlias, device.DefaultVia }.OfType<string>().Concat(device.Connections.Keys);
}
