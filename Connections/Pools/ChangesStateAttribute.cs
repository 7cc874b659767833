using Connections.Locking;

namespace Connections.Pools;

/// <summary>
/// Says that a method leaves its connection in another state than it found it: in a configuration mode, in another directory, as another
/// user. After such a call a pool does not hand the worker to the next caller as it is, but as its <c>pool_reuse</c> says: brought back to
/// the state after connecting, or replaced.
/// </summary>
/// <remarks>
/// Belongs on a method that is marked <see cref="LockedAttribute"/>, or on a method of an interface that is marked
/// <see cref="PooledAttribute"/>. Calls through a lease count as well. A single connection has one state for all its callers, who must agree
/// on it; there the attribute has no effect.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChangesStateAttribute : Attribute;
