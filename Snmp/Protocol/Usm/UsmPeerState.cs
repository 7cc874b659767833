namespace Connections.Snmp.Protocol.Usm;

/// <summary>What was known of a remote engine at one moment; <see cref="UsmPeer"/> puts another one in its place when it learns more.</summary>
/// <param name="EngineId">The engine's name; empty before it is known.</param>
/// <param name="Boots">How often it was started.</param>
/// <param name="Time">Its seconds since then, as it told them.</param>
/// <param name="LearnedAt">When it told them, by the clock of the peer.</param>
/// <param name="IsSynchronized">Whether a signed message told them.</param>
/// <param name="Version">See <see cref="UsmPeer.Version"/>.</param>
internal sealed record UsmPeerState(SnmpEngineId EngineId, int Boots, int Time, long LearnedAt, bool IsSynchronized, int Version);
