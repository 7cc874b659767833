namespace Connections.Snmp.Collection;

/// <summary>A request that a block has records of, or the end.</summary>
/// <param name="Id">The request's own name.</param>
/// <param name="Target">The device that was asked.</param>
/// <param name="Shape">What it was asked for.</param>
/// <param name="Result">How the request ended; <see langword="null"/> where a later block tells.</param>
public sealed record BlockRequest(string Id, string Target, CollectShape Shape, RequestResult? Result);
