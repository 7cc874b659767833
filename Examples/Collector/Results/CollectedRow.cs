using Connections.Snmp.Collection;

namespace Connections.Collector.Results;

/// <summary>A record, and how fast its counter goes.</summary>
/// <param name="Row">The record.</param>
/// <param name="Rate">By how much it grew a second since it was collected last; <see langword="null"/> where it is no counter, or that is not known.</param>
internal readonly record struct CollectedRow(ResultRow Row, double? Rate);
