namespace Connections.Snmp.Agent.Security;

/// <summary>A request that waits until the keys of its user are made.</summary>
/// <param name="Making">Ends when they are.</param>
/// <param name="Reply">Where the answer goes.</param>
/// <param name="Datagram">The request as it came.</param>
internal readonly record struct PostponedRequest(Task Making, Reply Reply, byte[] Datagram);
