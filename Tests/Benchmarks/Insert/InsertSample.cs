namespace Connections.Benchmarks.Insert;

/// <summary>What one measurement came to: records a second, and the processor time of one record in microseconds, here and in the server.</summary>
internal readonly record struct InsertSample(double Rate, double ClientMicroseconds, double ServerMicroseconds);
