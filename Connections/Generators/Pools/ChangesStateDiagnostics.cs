using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>The rules for [ChangesState] methods.</summary>
internal static class ChangesStateDiagnostics
{
    /// <summary>
    /// Only code that is generated acts on [ChangesState]: the body of a [Locked] method, and the facade of a [Pooled] interface, for the methods that it declares or
    /// inherits and that the facade forwards. On any other method the attribute is not seen, and the pool hands the changed worker to the next caller as it is. On an abstract method
    /// it is inherited by the overrides; on the interfaces that cannot be [Pooled] themselves, the generic ones, it counts for those that derive from them.
    /// <code>
    /// [ChangesState] public Task ConfigureAsync() => …;                     // reported
    /// [Locked, ChangesState] public partial Task ConfigureAsync();          // right: marks the connection
    ///
    /// public interface IMeter { [ChangesState] Task ConfigureAsync(); }             // reported
    /// [Pooled] public interface IMeter { [ChangesState] Task ConfigureAsync(); }    // right: marks the worker
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor WithoutEffect = Warning(
        "CONN022",
        "A [ChangesState] method is [Locked], or a method of a [Pooled] interface",
        "'{0}' is [ChangesState] but {1}, so no pool learns of the change; {2}");

    /// <summary>
    /// An interface that says [ChangesState] of a method tells only its own facade. Calls that reach the class past that facade, through a lease, from another locked method
    /// or by the class's own type, go unnoticed, unless the [Locked] method that implements it says so too. The reverse is fine: a class that marks its method marks itself
    /// whoever calls, whatever the interface says.
    /// <code>
    /// [Pooled] public interface IMeter { [ChangesState] Task ConfigureAsync(); }
    ///
    /// [Locked] public partial Task ConfigureAsync();                        // reported
    /// [Locked, ChangesState] public partial Task ConfigureAsync();          // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor UnmarkedImplementation = Warning(
        "CONN023",
        "The implementation of a [ChangesState] method is [ChangesState]",
        "'{0}' of '{1}' implements '{2}', which is [ChangesState], and is not marked itself, so its calls through a lease go unnoticed; mark it [ChangesState] as well");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "Connections.Pools", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
