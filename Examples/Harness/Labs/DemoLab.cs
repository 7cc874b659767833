using Connections.Snmp;
using Connections.Testbeds;

namespace Connections.Harness.Labs;

/// <summary>The lab of <c>connections demo</c>: its testbed, the commands that it shows, and a pool kept busy.</summary>
internal static class DemoLab
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// More commands than a pool has workers, so that some queue: of SNMP, the system group and then columns of the interfaces; and lines for the one device that has a
    /// command line.
    /// </summary>
    internal static IReadOnlyList<string> Commands { get; } =
    [
        "get 1.3.6.1.2.1.1.5.0",
        "get 1.3.6.1.2.1.1.1.0",
        "get 1.3.6.1.2.1.1.3.0",
        "get 1.3.6.1.2.1.1.6.0",
        "walk 1.3.6.1.2.1.2.2.1.2",
        "walk 1.3.6.1.2.1.2.2.1.8",
        "walk 1.3.6.1.2.1.31.1.1.1.6",
        "show clock",
        "show version",
        "show interfaces",
        "show interface Ethernet1",
        "show interface Ethernet2",
        "show interface Ethernet3",
        "show running-config",
    ];

    /// <summary>The testbed that ships inside the command.</summary>
    internal static Testbed LoadTestbed()
    {
        using var stream = typeof(DemoLab).Assembly.GetManifestResourceStream("demo.yaml")!;
        using var reader = new StreamReader(stream);
        return Testbed.Parse(reader.ReadToEnd(), "demo.yaml");
    }

    /// <summary>Holds all workers of a pool, asks for one more, and returns the error that the one more gets.</summary>
    internal static async Task<Exception?> OverloadAsync(LabDevice device, int workers, CancellationToken cancellationToken)
    {
        var release = new TaskCompletionSource();
        var holders = Enumerable.Range(1, workers).Select(number => new Holder(device, $"backup job {number}")).ToList();
        var held = holders.Select(holder => holder.HoldAsync(release.Task, cancellationToken)).ToList();
        try
        {
            await Task.WhenAll(holders.Select(holder => holder.Leased));
            await using var lease = await device.Device.LeaseAsync<ISnmpClient>(device.Alias, Patience, cancellationToken, "one request more");
            return null;
        }
        catch (TimeoutException error)
        {
            return error;
        }
        finally
        {
            release.SetResult();
            await Task.WhenAll(held);
        }
    }

    /// <summary>A caller that keeps a worker.</summary>
    private sealed class Holder(LabDevice device, string name)
    {
        private readonly TaskCompletionSource _leased = new();

        internal Task Leased => _leased.Task;

        internal async Task HoldAsync(Task release, CancellationToken cancellationToken)
        {
            try
            {
                await using var lease = await device.Device.LeaseAsync<ISnmpClient>(device.Alias, timeout: null, cancellationToken, name);
                _leased.SetResult();
                await release;
            }
            catch (Exception error)
            {
                _leased.TrySetException(error);
                throw;
            }
        }
    }
}
