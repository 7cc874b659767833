using Connections.Locking;

namespace Connections;

/// <summary>What stands under an alias of a device, at a moment.</summary>
/// <param name="Alias">The alias.</param>
/// <param name="State">Where the connection is in its life; for a pool <see cref="ConnectionState.Connected"/> or <see cref="ConnectionState.Disconnected"/>.</param>
/// <param name="PoolSize">The most workers of a pool; null for a single connection.</param>
/// <param name="Holder">Who holds the lock of a single connection; null if nobody does, and for a pool.</param>
public sealed record ConnectionStatus(string Alias, ConnectionState State, int? PoolSize, LockHolder? Holder);
