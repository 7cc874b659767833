using Connections;
using Connections.Pooling;
using Connections.Snmp;

namespace LabTests;

/// <summary>What a test sees that comes when all sessions are taken. On another device than the one under test, so that nobody waits for these.</summary>
[TestFixture]
[NonParallelizable]
public sealed class BusyPoolTests
{
    private static Device Device => LabSetup.Lab.GetDevice("core1");

    [Test]
    public async Task The_one_too_many_is_told_who_has_the_sessions()
    {
        var end = new TaskCompletionSource();
        var leased = Enumerable.Range(0, 3).Select(static _ => new TaskCompletionSource()).ToArray();
        var soaking = leased.Select((started, number) => SoakAsync($"soak test {number + 1}", started)).ToArray();
        await Task.WhenAll(leased.Select(static started => started.Task));

        Assert.That(
            async () => await Device.LeaseAsync<ISnmpClient>("snmp", TimeSpan.FromMilliseconds(100)),
            Throws.TypeOf<PoolTimeoutException>().With.Message.Contains("soak test 1").And.Message.Contains("soak test 3"));
        end.SetResult();
        await Task.WhenAll(soaking);

        async Task SoakAsync(string name, TaskCompletionSource started)
        {
            await using var lease = await Device.LeaseAsync<ISnmpClient>("snmp", member: name);
            started.SetResult();
            await end.Task;
        }
    }

    [Test]
    public async Task Many_more_calls_than_sessions_are_all_served()
    {
        var snmp = Device.Get<ISnmpClient>("snmp");

        var names = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ => (await snmp.GetAsync("1.3.6.1.2.1.1.5.0")).Value.ToText()));

        Assert.That(names, Has.All.EqualTo("core1"));
        Assert.That(Device.Connections.GetPool("snmp").Statistics.Live, Is.LessThanOrEqualTo(3));
    }
}
