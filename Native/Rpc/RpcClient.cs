using System.Collections.Concurrent;
using Connections.Native.Rpc.Calls;

namespace Connections.Native.Rpc;

/// <summary>
/// Calls services at an address. It connects when it first calls, and again when a connection is lost. Thread-safe; one is enough for a
/// process.
/// </summary>
public sealed class RpcClient : IAsyncDisposable
{
    private readonly ConcurrentDictionary<RpcContract, Lazy<IRoute>> _routes = new();
    private readonly RpcClientOptions _options;
    private int _isDisposed;

    /// <summary>Makes a client.</summary>
    /// <param name="address"><c>shm://name</c> or <c>tcp://host:port</c>.</param>
    /// <param name="options">How it calls.</param>
    /// <exception cref="FormatException">The address is neither.</exception>
    public RpcClient(string address, RpcClientOptions? options = null)
    {
        Address = RpcAddress.Parse(address);
        _options = options ?? RpcClientOptions.Default;
    }

    /// <summary>The address.</summary>
    public RpcAddress Address { get; }

    /// <summary>A service at the address, which need not be served yet.</summary>
    /// <param name="timeout">How long its calls may take; by default what the options say.</param>
    /// <typeparam name="TService">An interface marked <see cref="RpcServiceAttribute"/>, whose version is asked for.</typeparam>
    /// <exception cref="ArgumentException">The interface is not marked, or was compiled without the generator.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is zero, or negative and not infinite.</exception>
    /// <exception cref="SharedMemory.SharedMemoryException">Shared memory cannot be had, or too many call there already.</exception>
    /// <exception cref="ObjectDisposedException">The client has been disposed.</exception>
    public TService Get<TService>(TimeSpan? timeout = null)
        where TService : class
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        var entry = RpcContracts.Of<TService>();
        return entry.CreateClient(new RpcBinding(RouteTo(entry.Contract), _options, RpcClientOptions.Checked(timeout ?? _options.Timeout)));
    }

    /// <summary>Ends the connections; calls under way fail with <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        foreach (var route in _routes.Values.Where(static route => route.IsValueCreated))
        {
            await route.Value.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The way to the servers of a contract; the client's own.</summary>
    internal IRoute RouteTo(RpcContract wanted) => _routes.GetOrAdd(wanted, contract => new Lazy<IRoute>(() => NewRoute(contract))).Value;

    private IRoute NewRoute(RpcContract contract) => Address.Name is null
        ? new TcpRoute(Address, contract, _options)
        : new SharedRoute(Address, contract, _options);
}
