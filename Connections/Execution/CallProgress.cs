namespace Connections.Execution;

/// <summary>How far a <see cref="ParallelCall"/> is, reported each time a call ends.</summary>
/// <typeparam name="TInput">What the calls are made with.</typeparam>
/// <typeparam name="TValue">What they give.</typeparam>
/// <param name="Done">How many calls have ended.</param>
/// <param name="Failed">How many of those failed.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Latest">The call that has just ended.</param>
public readonly record struct CallProgress<TInput, TValue>(int Done, int Failed, int Total, CallResult<TInput, TValue> Latest);
