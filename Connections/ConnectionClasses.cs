using System.Diagnostics.CodeAnalysis;
using Connections.Pooling;

namespace Connections;

/// <summary>
/// The connection classes that testbeds may name. A class is looked up by the connection's <c>class</c>, then by the device's default
/// class, then by the connection's protocol; one that is registered as <c>NAME:shared</c> goes before where the connection's argument
/// <c>shared</c> is true, and one that is registered as <c>NAME:BACKEND</c> where its argument <c>backend</c> says so. Not thread-safe while classes are added; afterwards it is.
/// </summary>
public sealed class ConnectionClasses
{
    /// <summary>The class that published testbeds name for whatever has a protocol; it says nothing more than the protocol.</summary>
    private const string ByProtocol = "unicon.Unicon";

    private readonly Dictionary<string, ConnectionClass> _classes = new(StringComparer.Ordinal);

    /// <summary>Registers a class under a name; a name registered before is replaced.</summary>
    /// <param name="name">The name as testbeds write it.</param>
    /// <param name="create">Makes a connection that is not connected yet.</param>
    /// <returns>This object, to register another.</returns>
    public ConnectionClasses Add<T>(string name, Func<ConnectionSettings, T> create)
        where T : BaseConnection
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(create);
        _classes[name] = new ConnectionClass(typeof(T), create);
        return this;
    }

    /// <summary>Registers a class that has a public constructor with one parameter, a <see cref="ConnectionSettings"/>.</summary>
    /// <param name="name">The name as testbeds write it.</param>
    /// <returns>This object, to register another.</returns>
    /// <exception cref="ArgumentException">The class has no such constructor.</exception>
    public ConnectionClasses Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(string name)
        where T : BaseConnection
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _classes[name] = ConnectionClass.Of<T>();
        return this;
    }

    /// <summary>Whether a connection's class is registered, and what it makes can be used as a <typeparamref name="TClient"/>.</summary>
    /// <param name="settings">The connection.</param>
    /// <param name="defaultClass">The default class of its device, if it has one.</param>
    public bool Serves<TClient>(ConnectionSettings settings, string? defaultClass = null)
        where TClient : class
    {
        ArgumentNullException.ThrowIfNull(settings);
        return TryFind(settings, NameOf(settings, defaultClass)) is { } found && typeof(TClient).IsAssignableFrom(found.Type);
    }

    internal ConnectionClass Find(ConnectionSettings settings, string? defaultClass)
    {
        var name = NameOf(settings, defaultClass);
        if (TryFind(settings, name) is { } found)
        {
            return found;
        }

        var problem = name is null ? "names neither a class nor a protocol" : $"asks for the class '{name}', which is not registered";
        throw new ConnectionException(
            $"The connection '{settings.Via}' of device '{settings.DeviceName}' {problem}. Registered are: {Names.List(_classes.Keys)}; "
            + "ConnectionClasses.Add<T>(name) registers another.")
        {
            Alias = settings.Alias,
            Device = settings.DeviceName,
        };
    }

    private static string? NameOf(ConnectionSettings settings, string? defaultClass) =>
        (settings.Class ?? defaultClass) is { } name && name != ByProtocol ? name : settings.Protocol;

    private ConnectionClass? TryFind(ConnectionSettings settings, string? name)
    {
        if (settings.IsShared && _classes.TryGetValue($"{name}:shared", out var shared))
        {
            return shared;
        }

        if (settings.Arguments.TryGetValue("backend", out var backend) && _classes.TryGetValue($"{name}:{backend}", out var special))
        {
            return special;
        }

        return name is not null && _classes.TryGetValue(name, out var found) ? found : null;
    }
}
