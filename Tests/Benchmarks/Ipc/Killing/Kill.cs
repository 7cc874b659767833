namespace Connections.Benchmarks.Ipc.Killing;

/// <summary>What came of the death of a process.</summary>
/// <param name="Failures">How many calls failed with it.</param>
/// <param name="SlowestFailure">When the last of them had failed, in milliseconds since.</param>
/// <param name="Replaced">When another process served, in milliseconds since.</param>
/// <param name="OtherFailures">How many other calls failed.</param>
internal readonly record struct Kill(int Failures, double SlowestFailure, double Replaced, int OtherFailures);
