using System.Diagnostics.CodeAnalysis;

namespace Connections;

/// <summary>A class of connections, and how to make one.</summary>
/// <param name="Type">The class.</param>
/// <param name="Create">Makes a connection that is not connected yet.</param>
internal sealed record ConnectionClass(Type Type, Func<ConnectionSettings, BaseConnection> Create)
{
    public static ConnectionClass Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : BaseConnection
    {
        var constructor = typeof(T).GetConstructor([typeof(ConnectionSettings)])
            ?? throw new ArgumentException(
                $"{typeof(T)} has no public constructor with the one parameter {nameof(ConnectionSettings)}. Give it one, or register it with a function that makes it.");
        return new(typeof(T), settings => (BaseConnection)constructor.Invoke(
            System.Reflection.BindingFlags.DoNotWrapExceptions, binder: null, [settings], culture: null));
    }
}
