namespace Connections.Snmp.Engine;

/// <summary>What one attempt of a request brought.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Message">The response, a whole message of the request's version; it is read before the next exchange. Empty where there is none.</param>
/// <param name="Hint">What may be the cause where there is no response, in words.</param>
internal readonly record struct ExchangeReply(ExchangeOutcome Outcome, ReadOnlyMemory<byte> Message, string Hint = "");
