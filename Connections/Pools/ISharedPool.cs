namespace Connections.Pools;

/// <summary>
/// A class of connections that stands for a whole pool, which another process has: any number of calls are made on one object at a time, so that an alias with a
/// <c>pool_size</c>, which then is the other process's matter, is one object here. For classes that connect to such pools.
/// </summary>
public interface ISharedPool;
