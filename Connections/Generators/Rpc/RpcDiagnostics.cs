using Microsoft.CodeAnalysis;

namespace Connections.Generators.Rpc;

/// <summary>The rules for [RpcService] interfaces.</summary>
internal static class RpcDiagnostics
{
    /// <summary>
    /// The class that clients call and the one that calls a server's implementation are registered once, when the assembly loads, under the
    /// service's name and version. So the interface is not generic (nor in a generic type), can be named from anywhere in the assembly, is not
    /// disposable (what a caller disposes is its <c>RpcClient</c>), and leaves the generated class its name, <c>MeterRpc</c> for
    /// <c>IMeter</c>. Its version is 1 to 65,535, and its JsonContext, if it names one, a <c>JsonSerializerContext</c>.
    /// <code>
    /// [RpcService] public interface IMeter&lt;T&gt; { Task&lt;T&gt; ReadAsync(); }      // reported
    ///
    /// public interface IMeter&lt;T&gt; { Task&lt;T&gt; ReadAsync(); }
    /// [RpcService] public interface IVoltMeter : IMeter&lt;double&gt;;             // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedService = Error(
        "CONN030",
        "An [RpcService] interface can be called from another process",
        "The [RpcService] interface '{0}' {1}");

    /// <summary>
    /// A call goes to another process and takes time, so every member is a method that returns <c>Task</c>, <c>Task&lt;T&gt;</c>,
    /// <c>ValueTask</c>, <c>ValueTask&lt;T&gt;</c> or <c>IAsyncEnumerable&lt;T&gt;</c>, is not generic, and takes its arguments by value, a
    /// <c>CancellationToken</c> last. A member with a default implementation is left as it is, and runs in the process that calls it.
    /// <code>
    /// string Name { get; }                                            // reported
    /// ValueTask&lt;string&gt; GetNameAsync(CancellationToken cancellationToken);     // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedMember = Error(
        "CONN031",
        "The members of an [RpcService] interface are asynchronous methods",
        "'{0}' of the [RpcService] interface '{1}' {2}");

    /// <summary>
    /// A <c>byte[]</c> or <c>ReadOnlyMemory&lt;byte&gt;</c> that is a method's only argument, or its result, travels as it is; numbers, texts, dates, Guids and
    /// bytes are known. Every other type needs a <c>JsonSerializerContext</c> that says how it is written, since nothing is found out by
    /// reflection.
    /// <code>
    /// [RpcService] public interface IMeter { Task&lt;Reading&gt; ReadAsync(); }                                          // reported
    ///
    /// [JsonSerializable(typeof(Reading))] public partial class MeterJson : JsonSerializerContext;
    /// [RpcService(JsonContext = typeof(MeterJson))] public interface IMeter { Task&lt;Reading&gt; ReadAsync(); }     // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor UnknownJson = Error(
        "CONN032",
        "What travels as JSON is known to a JsonContext",
        "'{0}' of the [RpcService] interface '{1}' {2} '{3}' as JSON, and the service has no JsonContext; name a JsonSerializerContext that knows this type, or send bytes");

    /// <summary>
    /// [Idempotent] lets the client of a service call a method again on another server when the first one dies. On any other method nobody reads it.
    /// <code>
    /// public interface IMeter { [Idempotent] Task ReadAsync(); }                    // reported
    /// [RpcService] public interface IMeter { [Idempotent] Task ReadAsync(); }      // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor IdempotentElsewhere = new(
        "CONN033",
        "An [Idempotent] method belongs to an [RpcService] interface",
        "'{0}' is [Idempotent] but no method of an [RpcService] interface, so nobody acts on it; mark the interface, or take the attribute away",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true);

    private const string Category = "Connections.Rpc";

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);
}
