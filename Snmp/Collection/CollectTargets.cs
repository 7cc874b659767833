using System.Collections.Concurrent;
using System.Net;
using Connections.Snmp.Engine;

namespace Connections.Snmp.Collection;

/// <summary>
/// Finds targets by their addresses, and credentials by their names: handles on an engine for requests whose target is <c>10.0.0.1</c>, <c>10.0.0.1:1161</c>,
/// <c>[fe80::1]:161</c> or <c>router-1.example.net:161</c>. Thread-safe.
/// </summary>
public sealed class CollectTargets
{
    private const int DefaultPort = 161;
    private const int ManyTargets = 65_536;

    private readonly SnmpEngine _engine;
    private readonly SnmpOptions _options;
    private readonly ConcurrentDictionary<string, SnmpOptions> _credentials = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Target, string? Credentials), SnmpClient> _clients = new();

    /// <summary>Makes a finder.</summary>
    /// <param name="engine">What sends and receives.</param>
    /// <param name="options">How targets of requests without credentials are spoken to; the defaults if null.</param>
    public CollectTargets(SnmpEngine engine, SnmpOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _engine = engine;
        _options = options ?? SnmpOptions.Default;
        _options.Validate();
    }

    /// <summary>Gives credentials, and how targets are spoken to with them, a name.</summary>
    /// <returns>This, to add more.</returns>
    /// <exception cref="ArgumentException">The options are invalid, or the name is taken.</exception>
    public CollectTargets Add(string credentials, SnmpOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(credentials);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return _credentials.TryAdd(credentials, options)
            ? this
            : throw new ArgumentException($"There are credentials '{credentials}' already.", nameof(credentials));
    }

    /// <summary>Finds what asks a request's target. Made for <see cref="SnmpCollector"/>.</summary>
    /// <exception cref="UnknownTargetException">There are no such credentials, or the target is no address and no name that can be resolved.</exception>
    public ValueTask<ISnmpClient> FindAsync(CollectRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return _clients.TryGetValue((request.Target, request.Credentials), out var known)
            ? ValueTask.FromResult<ISnmpClient>(known)
            : MakeAsync(request, cancellationToken);
    }

    private async ValueTask<ISnmpClient> MakeAsync(CollectRequest request, CancellationToken cancellationToken)
    {
        var endPoint = await FindEndPointAsync(request, cancellationToken).ConfigureAwait(false);
        var client = _engine.CreateClient(new SnmpTarget(endPoint, OptionsOf(request), request.Target));
        if (_clients.Count >= ManyTargets)
        {
            _clients.Clear();
        }

        _clients[(request.Target, request.Credentials)] = client;
        return client;
    }

    private SnmpOptions OptionsOf(CollectRequest request)
    {
        if (request.Credentials is null)
        {
            return _options;
        }

        return _credentials.TryGetValue(request.Credentials, out var options)
            ? options
            : throw new UnknownTargetException(
                $"The request '{request.Id}' to '{request.Target}' names credentials '{request.Credentials}', which are not known here; add them, or correct the name.");
    }

    private static async ValueTask<IPEndPoint> FindEndPointAsync(CollectRequest request, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(request.Target, out var literal))
        {
            return new IPEndPoint(literal, DefaultPort);
        }

        if (IPEndPoint.TryParse(request.Target, out var endPoint) && endPoint.Port != 0)
        {
            return endPoint;
        }

        var colon = request.Target.LastIndexOf(':');
        var host = colon < 0 ? request.Target : request.Target[..colon];
        var port = DefaultPort;
        if (host.Length == 0 || (colon >= 0 && (!int.TryParse(request.Target.AsSpan(colon + 1), out port) || port is < 1 or > IPEndPoint.MaxPort)))
        {
            throw new UnknownTargetException($"The target '{request.Target}' of the request '{request.Id}' is no address: it must be a host, or host:port.");
        }

        return new IPEndPoint(await HostResolver.Shared.ResolveAsync(new ConnectionSettings
        {
            DeviceName = request.Target,
            Alias = "collector",
            Via = "collector",
            Host = host,
        }, cancellationToken).ConfigureAwait(false), port);
    }
}
