using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Connections.Pooling;

namespace Connections.Snmp;

/// <summary>
/// Finds the address of a host name, and remembers it for a short while, so that a pool's workers ask once. An IPv4 address is preferred,
/// since agents listen there first. Thread-safe.
/// </summary>
internal sealed class HostResolver(TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>> lookUp)
{
    private const int ManyNames = 1_024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (IPAddress Address, long FoundAt)> _known = new(StringComparer.OrdinalIgnoreCase);

    internal static HostResolver Shared { get; } = new(TimeProvider.System, Dns.GetHostAddressesAsync);

    /// <exception cref="ConnectFailedException">The name has no address, or nobody could be asked.</exception>
    internal async ValueTask<IPAddress> ResolveAsync(ConnectionSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Host is not { Length: > 0 } host)
        {
            throw Failed(settings, "it has no host; give it one (host or ip)");
        }

        if (IPAddress.TryParse(host, out var literal))
        {
            return literal;
        }

        if (_known.TryGetValue(host, out var known) && time.GetElapsedTime(known.FoundAt) < Lifetime)
        {
            return known.Address;
        }

        var address = await LookUpAsync(settings, host, cancellationToken).ConfigureAwait(false);
        if (_known.Count >= ManyNames)
        {
            _known.Clear();
        }

        _known[host] = (address, time.GetTimestamp());
        return address;
    }

    private async Task<IPAddress> LookUpAsync(ConnectionSettings settings, string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await lookUp(host, cancellationToken).ConfigureAwait(false);
            return addresses.FirstOrDefault(static address => address.AddressFamily == AddressFamily.InterNetwork)
                ?? addresses.FirstOrDefault()
                ?? throw Failed(settings, $"the host name '{host}' has no address");
        }
        catch (SocketException error)
        {
            throw Failed(settings, $"the host name '{host}' could not be resolved ({error.Message}); check the name, or give an address", error);
        }
    }

    private static ConnectFailedException Failed(ConnectionSettings settings, string reason, Exception? error = null) =>
        new($"Connection '{settings.Alias}' of device '{settings.DeviceName}' cannot be made: {reason}.", error)
        {
            Alias = settings.Alias,
            Device = settings.DeviceName,
        };
}
