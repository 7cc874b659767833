using Connections.Pooling;

namespace Connections.Locking;

/// <summary>
/// The ways in which processes may take turns on a connection, by what a testbed's <c>shared</c> names: a word such as <c>host</c>, or the scheme of an
/// address, such as <c>postgres</c>. Not thread-safe while ways are added; afterwards it is.
/// </summary>
/// <example><c>new DeviceOptions { LockScope = new LockScopes().AddHost().Open }</c></example>
public sealed class LockScopes
{
    private readonly Dictionary<string, Func<ConnectionSettings, ILockScope>> _ways = new(StringComparer.Ordinal);

    /// <summary>Registers a way; one that was registered before under that name is replaced.</summary>
    /// <param name="name">The word, or the scheme.</param>
    /// <param name="open">Makes the scope of a connection that names it in <see cref="ConnectionSettings.SharedBy"/>.</param>
    /// <returns>This object, to register another.</returns>
    public LockScopes Add(string name, Func<ConnectionSettings, ILockScope> open)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(open);
        _ways[name] = open;
        return this;
    }

    /// <summary>What the lock of all who take turns on a connection is called: <c>DEVICE/VIA</c>.</summary>
    public static string NameOf(ConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return $"{settings.DeviceName}/{settings.Via}";
    }

    /// <summary>The scope of a connection; null for one that is not shared. For <see cref="DeviceOptions.LockScope"/>.</summary>
    /// <exception cref="ConnectionException">It is shared in a way that is not registered; the message names those that are.</exception>
    public ILockScope? Open(ConnectionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.SharedBy is not { } by)
        {
            return null;
        }

        // What follows the scheme may be anything, a secret by mistake too.
        var name = by.Split(':')[0];
        return _ways.TryGetValue(name, out var open) ? open(settings) : throw new ConnectionException(
            $"The connection '{settings.Via}' of device '{settings.DeviceName}' says that processes share it by '{name}', which is not registered here. Registered are: "
            + $"{Names.List(_ways.Keys)}; LockScopes.Add registers another. 'true' is for a pool that another process serves.")
        {
            Alias = settings.Alias,
            Device = settings.DeviceName,
        };
    }
}
