using Connections.Locking;
using Connections.Snmp;
using Connections.Snmp.Protocol;

namespace LabTests;

/// <summary>Tests that change a device, which must be alone with it: in this run, and among all runs on this machine.</summary>
[TestFixture]
[NonParallelizable]
public sealed class ReservedDeviceTests
{
    private const string Location = "1.3.6.1.2.1.1.6.0";

    private static SnmpConnection Admin => LabSetup.Uut.Get<SnmpConnection>("admin");

    [Test]
    public async Task A_new_location_is_kept_until_it_is_taken_back()
    {
        using var reserved = await Admin.LockAsync(TimeSpan.FromMinutes(1));
        var before = (await Admin.GetAsync(Location)).Value;

        await Admin.SetAsync(Location, "a bench in Berlin");
        try
        {
            Assert.That((await Admin.GetAsync(Location)).Value, Is.EqualTo(SnmpValue.OctetString("a bench in Berlin")));
        }
        finally
        {
            await Admin.SetAsync(Location, before);
        }
    }

    [Test]
    public async Task Who_waits_for_a_reserved_device_is_told_who_has_it()
    {
        using var reserved = await Admin.LockAsync(member: "the test before");

        Task another;
        using (ReentrantAsyncLock.Detach())
        {
            // A caller of its own: what this test itself called would be let in.
            another = LockBrieflyAsync();
        }

        Assert.That(() => another, Throws.TypeOf<LockTimeoutException>().With.Message.Contains("the test before"));

        static async Task LockBrieflyAsync()
        {
            using var never = await Admin.LockAsync(TimeSpan.FromMilliseconds(50));
        }
    }
}
