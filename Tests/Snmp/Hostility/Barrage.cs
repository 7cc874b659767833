using Connections.Snmp.Engine;

namespace Connections.Snmp.Tests.Hostility;

/// <summary>Many calls at once under mutations, until there were enough of these.</summary>
/// <param name="mutations">How many mutations there were so far.</param>
/// <param name="call">One call of a loop's round: true if it got what is right, false if a typed error or what a message held that nobody signed.</param>
internal sealed class Barrage(Func<long> mutations, Func<uint, uint, Task<bool>> call)
{
    /// <summary>Some octets for each of the mutations of a long run, far less than the least object.</summary>
    public const long UsuallyKept = 8_000_000;

    private const int Loops = 64;

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(Thoroughness.Choose(quick: 2, thorough: 25));

    /// <summary>How many mutations each test asks for: four of them make 100,000, or ten million.</summary>
    public static int Mutations { get; } = Thoroughness.Choose(quick: 30_000, thorough: 2_500_000);

    /// <summary>Runs it, and asserts that enough calls succeed, that nothing stays in flight, and that memory stays flat.</summary>
    /// <param name="engine">The engine that is called.</param>
    /// <param name="leastRight">The share of calls that must get what is right.</param>
    /// <param name="settle">Drops what the test itself keeps.</param>
    /// <param name="keptOctets">What memory may grow by: what pools of the engine and of the runtime hold once they are full.</param>
    public async Task AssertUnharmedAsync(SnmpEngine engine, double leastRight, Action settle, long keptOctets = UsuallyKept)
    {
        await RunAsync(Mutations / 10);
        settle();
        var memory = new MemoryGauge();

        var share = await RunAsync(Mutations);

        settle();
        Assert.That(share, Is.GreaterThan(leastRight), "most calls must have got past the mutations");
        Assert.That((engine.Statistics.InFlight, engine.Statistics.Waiting), Is.EqualTo((0, 0)));
        memory.AssertFlat(keptOctets);
    }

    private async Task<double> RunAsync(int more)
    {
        var end = mutations() + more;
        var shares = await Task.WhenAll(Enumerable.Range(0, Loops).Select(loop => Task.Run(() => LoopAsync((uint)loop, end)))).WaitAsync(Bound);
        return shares.Sum(static share => share.Right) / (double)shares.Sum(static share => share.All);
    }

    private async Task<(int Right, int All)> LoopAsync(uint loop, long end)
    {
        var (right, all) = (0, 0);
        for (; mutations() < end; all++)
        {
            if (await call(loop, (uint)all))
            {
                right++;
            }
        }

        return (right, all);
    }
}
