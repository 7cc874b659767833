namespace Connections.Snmp.Collection;

/// <summary>How one request of a collection ended.</summary>
/// <param name="Outcome">Whether all, some or nothing was collected.</param>
/// <param name="Records">How many records its blocks hold, all of them together.</param>
/// <param name="StartedAt">When it was begun.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Errors">Why something is missing; empty where nothing is.</param>
public readonly record struct RequestResult(
    CollectOutcome Outcome, long Records, DateTimeOffset StartedAt, TimeSpan Elapsed, IReadOnlyList<CollectError> Errors);
