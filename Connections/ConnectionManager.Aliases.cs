using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Connections.Pooling;
using Connections.Pools;

namespace Connections;

// Which definition an alias leads to, and what exists under it.
public sealed partial class ConnectionManager
{
    private string DefaultAlias => _device.Settings.DefaultAlias ?? ConnectionSettings.DefaultAlias;

    private async Task ConnectAsync(ConnectOptions? options, ConnectionClass? classOfCall, CancellationToken cancellationToken)
    {
        var connection = GetOrAdd(options, classOfCall, out var added);
        try
        {
            await connection.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (added)
        {
            if (TryRemove(connection))
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    // What the options leave open is as the alias has it already, or else as it is defined.
    private ConnectionSettings Resolve(ConnectOptions? options, ConnectionSettings? existing)
    {
        if (options?.PoolSize is < 1)
        {
            throw NewError($"A pool of {options.PoolSize} workers for device '{_device.Name}' is not possible; the size is at least 1.");
        }

        var settings = existing is not null && (options?.Via ?? existing.Via) == existing.Via
            ? existing
            : ResolveVia(options?.Via, options?.Alias);
        return settings with
        {
            Alias = options?.Alias ?? DefaultAlias,
            PoolSize = options?.PoolSize ?? settings.PoolSize,
            PoolTimeout = options?.PoolTimeout ?? settings.PoolTimeout,
            Arguments = ArgumentsOf(settings, options),
        };
    }

    private static IReadOnlyDictionary<string, string> ArgumentsOf(ConnectionSettings settings, ConnectOptions? options) => options is not { Arguments.Count: > 0 }
        ? settings.Arguments
        : settings.Arguments.Where(argument => !options.Arguments.ContainsKey(argument.Key)).Concat(options.Arguments).ToFrozenDictionary(StringComparer.Ordinal);

    private ConnectionSettings ResolveVia(string? via, string? alias)
    {
        var defined = _device.Settings.Connections;
        if (via is not null)
        {
            return defined.TryGetValue(via, out var named)
                ? named
                : throw NewError($"Device '{_device.Name}' has no connection '{via}'. Defined are: {Names.List(defined.Keys)}.");
        }

        if ((alias is not null && defined.TryGetValue(alias, out var found))
            || (_device.Settings.DefaultVia is { } preferred && defined.TryGetValue(preferred, out found))
            || defined.TryGetValue(DefaultAlias, out found))
        {
            return found;
        }

        return defined.Count == 1
            ? defined.Values.Single()
            : throw new UnknownAliasException(
                $"Device '{_device.Name}' defines no connection '{alias ?? DefaultAlias}'. Defined are: {Names.List(defined.Keys)}; name one of them.")
            {
                Alias = alias,
                Device = _device.Name,
            };
    }

    private IManagedConnection GetOrAdd(ConnectOptions? options, ConnectionClass? classOfCall, out bool added)
    {
        lock (_mutex)
        {
            ObjectDisposedException.ThrowIf(_isClosed, _device);
            added = !_connections.TryGetValue(options?.Alias ?? DefaultAlias, out var existing);
            var settings = Resolve(options, existing?.Settings);
            if (existing is null)
            {
                var connectionClass = classOfCall ?? _classes.Find(settings, _device.Settings.DefaultClass);
                existing = Create(settings, connectionClass);
                _connections.Add(settings.Alias, existing);
            }
            else if (existing.Settings.DifferencesFrom(settings) is { Count: > 0 } differences)
            {
                throw NewError(
                    $"The alias '{settings.Alias}' of device '{_device.Name}' exists with other settings: {string.Join(", ", differences)} differ. "
                    + "Destroy it first, or connect under another alias.");
            }

            return existing;
        }
    }

    private IManagedConnection Create(ConnectionSettings settings, ConnectionClass connectionClass)
    {
        RefuseVainSharing(settings);
        if (settings.PoolSize is null || typeof(ISharedPool).IsAssignableFrom(connectionClass.Type))
        {
            return new SingleConnection(CreateConnection(), _device);
        }

        return new ConnectionPool(settings, connectionClass.Type, CreateConnection, _device);

        BaseConnection CreateConnection()
        {
            var connection = connectionClass.Create(settings);
            connection.AttachTo(_device);
            connection.StateChanged += (_, change) => StateChanged?.Invoke(this, change);
            return connection;
        }
    }

    private void RefuseVainSharing(ConnectionSettings settings)
    {
        if (settings.SharedBy is null)
        {
            return;
        }

        if (settings.PoolSize is { } size)
        {
            throw NewError(
                $"The connection '{settings.Via}' of device '{_device.Name}' is a pool of {size}, on which processes cannot take turns: 'shared' names what a single connection "
                + "is shared by. Leave out pool_size; or say 'shared: true', and have one process serve the pool.");
        }

        if (_device.Options.LockScope is null)
        {
            throw NewError(
                $"The connection '{settings.Via}' of device '{_device.Name}' is one that processes take turns on, and this program does not know how to: set "
                + "DeviceOptions.LockScope, for example to new LockScopes().AddHost().Open.");
        }
    }

    private IManagedConnection Find(string? alias)
    {
        lock (_mutex)
        {
            return TryFind(alias, out var found) ? found : throw NewUnknownAlias(alias);
        }
    }

    private IManagedConnection Remove(string? alias)
    {
        lock (_mutex)
        {
            if (!TryFind(alias, out var found))
            {
                throw NewUnknownAlias(alias);
            }

            _connections.Remove(found.Settings.Alias);
            return found;
        }
    }

    private bool TryRemove(IManagedConnection connection)
    {
        lock (_mutex)
        {
            return _connections.TryGetValue(connection.Settings.Alias, out var current)
                && ReferenceEquals(current, connection)
                && _connections.Remove(connection.Settings.Alias);
        }
    }

    private bool TryFind(string? alias, [NotNullWhen(true)] out IManagedConnection? found)
    {
        if (_connections.TryGetValue(alias ?? DefaultAlias, out found))
        {
            return true;
        }

        found = alias is null && _connections.Count == 1 ? _connections.Values.Single() : null;
        return found is not null;
    }

    private UnknownAliasException NewUnknownAlias(string? alias) =>
        new($"Device '{_device.Name}' has no connection under the alias '{alias ?? DefaultAlias}'. Existing are: {Names.List(_connections.Keys)}; "
            + $"defined are: {Names.List(_device.Settings.Connections.Keys)}, to be connected with ConnectAsync.")
        {
            Alias = alias ?? DefaultAlias,
            Device = _device.Name,
        };

    private ConnectionException NewError(string message) => new(message) { Device = _device.Name };

    private async Task ForAllAsync(string done, IReadOnlyList<string> aliases, Func<string, Task> close)
    {
        var outcomes = await Task.WhenAll(aliases.Select(alias => TryCloseAsync(alias, close))).ConfigureAwait(false);
        var errors = outcomes.OfType<Exception>().ToList();
        if (errors.Count > 0)
        {
            throw new AggregateException(
                $"{errors.Count} of {aliases.Count} connections of device '{_device.Name}' could not be {done} in order.", errors);
        }
    }

    private static async Task<Exception?> TryCloseAsync(string alias, Func<string, Task> close)
    {
        try
        {
            await close(alias).ConfigureAwait(false);
            return null;
        }
        catch (UnknownAliasException)
        {
            // Destroyed by someone else since the list was made: what was wanted has happened.
            return null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return error;
        }
    }
}
