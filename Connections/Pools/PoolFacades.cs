using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Connections.Pooling;

namespace Connections.Pools;

/// <summary>
/// The classes, one for each interface marked <see cref="PooledAttribute"/>, that make a pool look like one connection. Generated code
/// registers them when the assembly of the interface is first used.
/// </summary>
public static class PoolFacades
{
    private static readonly ConcurrentDictionary<Type, byte> Registered = new();

    /// <summary>Registers how to make the facade of an interface; generated code calls it.</summary>
    public static void Register<TClient>(Func<ConnectionPool<TClient>, TClient> create)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(create);
        Facade<TClient>.Create = create;
        Registered.TryAdd(typeof(TClient), 0);
    }

    internal static TClient Create<TClient>(ConnectionPool<TClient> pool)
        where TClient : class
    {
        if (Facade<TClient>.Create is null)
        {
            // The interface may be all that was touched of its assembly so far, and that does not run the assembly's initializer.
            RuntimeHelpers.RunModuleConstructor(typeof(TClient).Module.ModuleHandle);
        }

        return Facade<TClient>.Create is { } create ? create(pool) : throw NewNoFacade(typeof(TClient), pool.Pool);
    }

    private static ConnectionException NewNoFacade(Type asked, ConnectionPool pool)
    {
        RuntimeHelpers.RunModuleConstructor(pool.WorkerType.Module.ModuleHandle);
        var usable = Registered.Keys.Where(type => type.IsAssignableFrom(pool.WorkerType)).Select(static type => type.Name);
        return new ConnectionException(
            $"The {pool} has {pool.Settings.PoolSize} workers, so it cannot be had as one {asked.Name}. Ask for an interface that is marked [Pooled] "
            + $"and that {pool.WorkerType.Name} implements: {Names.List(usable)}; or lease one worker.")
        {
            Alias = pool.Settings.Alias,
            Device = pool.Settings.DeviceName,
        };
    }

    private static class Facade<TClient>
        where TClient : class
    {
        public static Func<ConnectionPool<TClient>, TClient>? Create { get; set; }
    }
}
