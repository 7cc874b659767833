using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>The rules for [Pooled] interfaces.</summary>
internal static class PooledDiagnostics
{
    /// <summary>
    /// The facade is an ordinary class beside the interface, which is registered once when the assembly loads. So the interface is not generic (nor in a
    /// generic type), can be named from anywhere in the assembly, is not disposable (a caller would dispose a worker of the pool),
    /// and leaves the facade its name: <c>SnmpClientPool</c> for <c>ISnmpClient</c>.
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedInterface = Error(
        "CONN020",
        "A [Pooled] interface can be served by one class",
        "The [Pooled] interface '{0}' {1}");

    /// <summary>
    /// A call through the facade waits for a free worker and holds it until the call's task completes, so every member is a method
    /// that returns <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c> and takes its arguments by value. Write everything else as extension methods over
    /// these, or leave it to the class.
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedMember = Error(
        "CONN021",
        "The members of a [Pooled] interface are asynchronous methods",
        "'{0}' of the [Pooled] interface '{1}' {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Connections.Pools", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
