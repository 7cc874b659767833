using System.Collections.Concurrent;
using System.Net;
using Connections.Snmp.Transport;

namespace Connections.Snmp.Engine;

// What the engine keeps of each device. All targets at one address and port share it.
public sealed partial class SnmpEngine
{
    // Past so many, those that nobody talks to now are forgotten, so that a sweep of a large network does not fill the memory.
    private const int ManyDevices = 65_536;

    private readonly ConcurrentDictionary<DatagramEndPoint, EngineDevice> _devices = new();

    /// <summary>What the engine has seen of each device that it spoke to. The numbers are read one after the other, while it works on.</summary>
    public IReadOnlyList<SnmpDeviceStatistics> GetDeviceStatistics() => [.. _devices.Values.Select(Describe)];

    /// <summary>What the engine has seen of one device; <see langword="null"/> if it never spoke to it.</summary>
    /// <param name="endPoint">Where the device is.</param>
    public SnmpDeviceStatistics? GetDeviceStatistics(IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return _devices.TryGetValue(DatagramEndPoint.From(endPoint), out var device) ? Describe(device) : null;
    }

    internal (EngineDevice Device, SecuredUser? User) Find(SnmpTarget target)
    {
        // Most targets are used with one engine alone.
        if (target.EngineDevice is { } known && ReferenceEquals(known.Engine, this))
        {
            return (known.Device, known.User);
        }

        if (_devices.Count >= ManyDevices)
        {
            ForgetIdleDevices();
        }

        var device = _devices.GetOrAdd(target.Address, static address => new EngineDevice(address));
        var user = target.Options.User is { } name ? device.UserOf(this, name) : null;
        target.EngineDevice = new(this, device, user);
        return (device, user);
    }

    private void ForgetIdleDevices()
    {
        foreach (var (address, device) in _devices)
        {
            if (device.InFlight == 0 && !device.HasWaiting && !device.HasHeldBack)
            {
                _devices.TryRemove(address, out _);
            }
        }
    }

    private static SnmpDeviceStatistics Describe(EngineDevice device)
    {
        var figures = device.Figures;
        return new SnmpDeviceStatistics(
            device.Address.ToIPEndPoint(),
            Volatile.Read(ref figures.Requests),
            Volatile.Read(ref figures.Retransmissions),
            Volatile.Read(ref figures.Responses),
            Volatile.Read(ref figures.Timeouts),
            device.InFlight,
            device.IsSilent,
            figures.Shortest,
            figures.Longest,
            figures.Smoothed,
            device.Sizing.Proved);
    }
}
