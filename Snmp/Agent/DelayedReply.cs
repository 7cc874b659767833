namespace Connections.Snmp.Agent;

/// <summary>An answer that is ready but not yet due. <paramref name="Octets"/> belong to <see cref="DelayedReplies"/>.</summary>
internal readonly record struct DelayedReply(Reply Reply, byte[] Octets, int Length);
