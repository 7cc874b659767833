namespace Connections.Pooling.Tests;

/// <summary>Numbers chosen by the test, one after another, the last one for ever.</summary>
internal sealed class Chance(params double[] numbers) : Random
{
    private int _next = -1;

    public override double NextDouble() => numbers[Math.Min(Interlocked.Increment(ref _next), numbers.Length - 1)];
}
