namespace Connections.Native.Rpc;

/// <summary>What a server serves: implementations of services, each in one or more versions. Not thread-safe while it is filled.</summary>
public sealed class RpcServices
{
    private readonly Dictionary<RpcContract, RpcDispatcher> _dispatchers = [];

    /// <summary>What is served.</summary>
    internal IReadOnlyCollection<RpcContract> Contracts => _dispatchers.Keys;

    /// <summary>Adds a service. Another version of it is another interface, with the same name.</summary>
    /// <param name="implementation">What does the work; called by several threads at once only if the server serves several calls at once.</param>
    /// <typeparam name="TService">An interface marked <see cref="RpcServiceAttribute"/>.</typeparam>
    /// <returns>This.</returns>
    /// <exception cref="ArgumentException">
    /// The interface is not marked, or was compiled without the generator, or this version of the service has been added already.
    /// </exception>
    public RpcServices Add<TService>(TService implementation)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(implementation);
        var entry = RpcContracts.Of<TService>();
        return _dispatchers.TryAdd(entry.Contract, entry.CreateDispatcher(implementation))
            ? this
            : throw new ArgumentException($"{entry.Contract} is served already.", nameof(implementation));
    }

    /// <summary>What finds dispatchers of contracts that were not added; null if there is nothing but those.</summary>
    internal Func<RpcContract, RpcDispatcher?>? Forward { get; init; }

    internal RpcDispatcher? Find(RpcContract contract) => _dispatchers.GetValueOrDefault(contract) ?? Forward?.Invoke(contract);

    /// <summary>What is served of a service, or else all that is, in words.</summary>
    internal string Describe(string name)
    {
        var versions = Contracts.Where(contract => contract.Name == name).Select(static contract => contract.Version).Order().ToList();
        return versions.Count > 0
            ? $"version{(versions.Count == 1 ? "" : "s")} {string.Join(", ", versions)} of it"
            : Contracts.Count == 0 ? "nothing of that name" : string.Join(", ", Contracts.Select(static contract => contract.ToString()).Order(StringComparer.Ordinal));
    }
}
