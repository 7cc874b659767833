namespace Connections.Snmp.Collection;

/// <summary>One reason why a request of a collection brought less than all.</summary>
/// <param name="Kind">What kind of reason it is.</param>
/// <param name="Root">Which of the request's roots it concerns, counted from 0; <see langword="null"/> for none in particular.</param>
/// <param name="Detail">The error status where <paramref name="Kind"/> is <see cref="CollectErrorKind.ErrorStatus"/>; else 0.</param>
/// <param name="Message">What happened and what may help, in words that name the device; never a secret.</param>
public sealed record CollectError(CollectErrorKind Kind, int? Root, int Detail, string Message);
