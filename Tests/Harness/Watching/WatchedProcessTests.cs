using System.Diagnostics.Metrics;
using System.Runtime.Versioning;
using Connections.Harness.Watching;
using Connections.Native.SharedMemory;

namespace Connections.Harness.Tests.Watching;

/// <summary>What it costs a process to be watched, and who can do it.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
[NonParallelizable]
public sealed class WatchedProcessTests
{
    private static readonly Meter Meter = new("Connections");
    private static readonly Counter<long> Counter = Meter.CreateCounter<long>("connections.watch.test");
    private static readonly Histogram<double> Histogram = Meter.CreateHistogram<double>("connections.watch.test.time");

    [OneTimeTearDown]
    public void TearDown() => Meter.Dispose();

    [Test]
    public async Task Nothing_is_measured_while_nobody_watches()
    {
        await using var watched = WatchedProcess.Open("lab", static () => []);
        await Eventually.UntilAsync(static () => !Counter.Enabled);

        using (var watch = new ProcessWatch())
        {
            Assert.That(await OwnAsync(watch), Is.Not.Null);
            Assert.That(Counter.Enabled, Is.True);
        }

        await Eventually.UntilAsync(static () => !Counter.Enabled);
    }

    [Test]
    public async Task What_is_counted_between_two_looks_becomes_a_rate()
    {
        await using var watched = WatchedProcess.Open("lab", static () => []);
        using var watch = new ProcessWatch();
        var before = (await OwnAsync(watch))!.Report;

        Counter.Add(5);
        Histogram.Record(0.25);
        Histogram.Record(0.5);

        var view = (await OwnAsync(watch))!;
        Assert.That(view.Before, Is.SameAs(before));
        Assert.That(view.Report.Totals["connections.watch.test"], Is.EqualTo(5));
        Assert.That((view.Report.Totals["connections.watch.test.time"], view.Report.Totals["connections.watch.test.time.sum"]), Is.EqualTo((2, 0.75)));
    }

    [Test]
    public void Rates_are_of_the_time_between_and_a_total_that_began_anew_counts_from_nothing()
    {
        var before = NewReport(upTime: 10, ("connections.snmp.requests", 100), ("connections.pool.wait", 10), ("connections.pool.wait.sum", 1), ("connections.lock.timeouts", 50));
        var now = NewReport(upTime: 12, ("connections.snmp.requests", 300), ("connections.pool.wait", 14), ("connections.pool.wait.sum", 3), ("connections.lock.timeouts", 8));

        var view = new ProcessView(now, before);

        Assert.That((view.RequestsPerSecond, view.WaitsPerSecond, view.MeanWait, view.TimeoutsPerSecond), Is.EqualTo((100, 2, 0.5, 4)));
        Assert.That(new ProcessView(now, Before: null).RequestsPerSecond, Is.Zero);
    }

    [Test]
    public async Task The_socket_is_this_users_alone()
    {
        await using var watched = WatchedProcess.Open("lab", static () => []);

        var path = WatchSockets.List().Single(static path => Path.GetFileName(path).StartsWith($"{Environment.ProcessId}-", StringComparison.Ordinal));

        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(File.GetUnixFileMode(UserDirectory.Prepare()), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    private static async Task<ProcessView?> OwnAsync(ProcessWatch watch) =>
        (await watch.LookAsync(CancellationToken.None)).SingleOrDefault(static view => view.Report.ProcessId == Environment.ProcessId);

    private static ProcessReport NewReport(double upTime, params (string Name, double Value)[] totals) => new()
    {
        ProcessId = 7,
        Command = "lab run",
        Testbed = "lab",
        UpTime = upTime,
        Connections = [],
        Pools = [],
        Totals = totals.ToDictionary(static total => total.Name, static total => total.Value),
    };
}
