namespace Connections.Snmp.Engine;

/// <summary>What an <see cref="ISnmpExchange"/> is told of a request beside its message.</summary>
/// <param name="TimeoutMilliseconds">How long the attempt waits, at least 1.</param>
/// <param name="IsRepeated">Whether an answer to the attempt before is as good.</param>
internal readonly record struct ExchangeAttempt(long TimeoutMilliseconds, bool IsRepeated);
