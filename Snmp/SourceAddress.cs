using System.Net;
using System.Net.NetworkInformation;
using Connections.Pooling;

namespace Connections.Snmp;

/// <summary>Finds the address of this machine that a testbed means: an address, or the first one of a named interface that fits the device's family.</summary>
internal static class SourceAddress
{
    /// <exception cref="ConnectFailedException">There is no such address or interface.</exception>
    internal static IPAddress? Find(string? source, IPAddress device, ConnectionSettings settings)
    {
        if (source is null)
        {
            return null;
        }

        var found = IPAddress.TryParse(source, out var address) ? address : OfInterface(source, device);
        return found?.AddressFamily == device.AddressFamily
            ? found
            : throw new ConnectFailedException(
                $"Connection '{settings.Alias}' of device '{settings.DeviceName}' cannot be made: the argument source is '{source}', but must be an address of "
                + $"the family of {device}, or an interface of this machine that has one.")
            {
                Alias = settings.Alias,
                Device = settings.DeviceName,
            };
    }

    private static IPAddress? OfInterface(string name, IPAddress device) => NetworkInterface.GetAllNetworkInterfaces()
        .Where(candidate => candidate.Name == name)
        .SelectMany(static candidate => candidate.GetIPProperties().UnicastAddresses)
        .Select(static entry => entry.Address)
        .Where(address => address.AddressFamily == device.AddressFamily)
        .OrderBy(address => address.IsIPv6LinkLocal != device.IsIPv6LinkLocal)
        .FirstOrDefault();
}
