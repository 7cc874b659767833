namespace Connections.Snmp.Tests.Hostility;

/// <summary>Tells what is kept of what passed through.</summary>
internal sealed class MemoryGauge
{
    private const long UsuallyKept = 4 << 20;

    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>Asserts that next to nothing was kept since the gauge was made.</summary>
    /// <param name="keptOctets">What may have been kept: far less than one object for each of what passed.</param>
    public void AssertFlat(long keptOctets = UsuallyKept) =>
        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - _before, Is.LessThan(keptOctets), "octets kept");
}
