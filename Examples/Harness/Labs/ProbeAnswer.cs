namespace Connections.Harness.Labs;

/// <summary>What a connection that works told.</summary>
/// <param name="Said">What the device said of itself.</param>
/// <param name="Took">How long it took from nothing to that.</param>
internal sealed record ProbeAnswer(string Said, TimeSpan Took);
