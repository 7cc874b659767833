namespace Connections.Collector.Generation;

/// <summary>What a run of generated records came to.</summary>
/// <param name="Records">How many were made, and are safe.</param>
/// <param name="Elapsed">From the first to the moment when all were safe.</param>
/// <param name="Errors">How many were not stored.</param>
internal readonly record struct GenerationResult(long Records, TimeSpan Elapsed, long Errors)
{
    internal double Rate => Records / Math.Max(Elapsed.TotalSeconds, 0.001);
}
