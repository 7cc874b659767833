using System.Runtime.CompilerServices;
using Connections.Pooling;
using Connections.Pools;
using Microsoft.Extensions.Logging;

namespace Connections;

/// <summary>A device, and its connections by alias. Thread-safe. Disposing it destroys its connections.</summary>
public sealed class Device : IAsyncDisposable
{
    /// <summary>Makes a device none of whose connections exist yet.</summary>
    /// <param name="settings">What is known of the device.</param>
    /// <param name="classes">The classes that its connections may be of.</param>
    /// <param name="options">How its connections behave and where they report.</param>
    public Device(DeviceSettings settings, ConnectionClasses classes, DeviceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(classes);
        Settings = settings;
        Options = options ?? new DeviceOptions();
        Governor = new ConnectGovernor(Options.Connecting with
        {
            Device = settings.Name,
            TimeProvider = Options.TimeProvider,
            Logger = Options.LoggerFactory.CreateLogger<Device>(),
        });
        Connections = new ConnectionManager(this, classes);
    }

    /// <summary>The name of the device.</summary>
    public string Name => Settings.Name;

    /// <summary>What is known of the device.</summary>
    public DeviceSettings Settings { get; }

    /// <summary>How its connections behave and where they report.</summary>
    public DeviceOptions Options { get; }

    /// <summary>What paces all connecting to the device.</summary>
    internal ConnectGovernor Governor { get; }

    /// <summary>The connections of the device.</summary>
    public ConnectionManager Connections { get; }

    /// <inheritdoc cref="ConnectionManager.ConnectAsync(ConnectOptions, CancellationToken)"/>
    public Task ConnectAsync(string? alias = null, CancellationToken cancellationToken = default) =>
        Connections.ConnectAsync(new ConnectOptions { Alias = alias }, cancellationToken);

    /// <inheritdoc cref="ConnectionManager.Get{TClient}(string)"/>
    public TClient Get<TClient>(string? alias = null)
        where TClient : class => Connections.Get<TClient>(alias);

    /// <inheritdoc cref="ConnectionManager.LeaseAsync{TClient}(string, TimeSpan?, CancellationToken, string)"/>
    public ValueTask<ConnectionLease<TClient>> LeaseAsync<TClient>(
        string? alias = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default, [CallerMemberName] string member = "")
        where TClient : class => Connections.LeaseAsync<TClient>(alias, timeout, cancellationToken, member);

    /// <summary>Destroys all connections of the device, which makes no more from then on.</summary>
    /// <exception cref="AggregateException">Some could not be closed in order; all are destroyed.</exception>
    public async ValueTask DisposeAsync() => await Connections.CloseAsync().ConfigureAwait(false);

    /// <summary>The name of the device.</summary>
    public override string ToString() => Name;
}
