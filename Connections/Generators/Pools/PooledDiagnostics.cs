using Microsoft.CodeAnalysis;

namespace Connections.Generators.Pools;

/// <summary>The rules for [Pooled] interfaces.</summary>
internal static class PooledDiagnostics
{
    /// <summary>
    /// The facade is an ordinary class beside the interface, which is registered once when the assembly loads. So the interface is not generic (nor in a
    /// generic type), can be named from anywhere in the assembly, is not disposable (a caller would dispose a worker of the pool),
    /// and leaves the facade its name, <c>SnmpClientPool</c> for <c>ISnmpClient</c>, which no other type and no other facade of the namespace may bear.
    /// <code>
    /// [Pooled] public interface IMeter&lt;T&gt; { Task&lt;T&gt; ReadAsync(); }      // reported
    ///
    /// public interface IMeter&lt;T&gt; { Task&lt;T&gt; ReadAsync(); }
    /// [Pooled] public interface IVoltMeter : IMeter&lt;double&gt;;             // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedInterface = Error(
        "CONN020",
        "A [Pooled] interface can be served by one class",
        "The [Pooled] interface '{0}' {1}");

    /// <summary>
    /// A call through the facade waits for a free worker and holds it until the call's task completes, so every member is a method
    /// that returns <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c> or <c>ValueTask&lt;T&gt;</c> and takes its arguments by value. Write everything else as extension methods over
    /// these, as a default implementation in the interface, which the facade runs itself and its workers cannot override, or leave it to the class.
    /// <code>
    /// string Name { get; }                                   // reported: whose name?
    /// ValueTask&lt;string&gt; GetNameAsync(CancellationToken ct);     // right: that of the worker that is asked
    /// </code>
    /// <para>An <c>IAsyncEnumerable&lt;T&gt;</c> belongs to the one worker that began it, and only its consumer knows when it ends: a facade would have to
    /// keep that worker through the consumer's loop body, whose own calls then wait for another, and a pool of one for itself. Declare the page instead,
    /// <c>ValueTask&lt;Page&gt; ReadPageAsync(Cursor from, CancellationToken cancellationToken)</c>, with all that is needed to go on in the cursor, since the
    /// next page may come from another worker; each page is a lease of its own. The stream is an extension method:</para>
    /// <code>
    /// public static async IAsyncEnumerable&lt;Row&gt; ReadAsync(this IMeter meter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    /// {
    ///     for (Cursor? next = Cursor.Start; next is not null;)
    ///     {
    ///         var page = await meter.ReadPageAsync(next, cancellationToken).ConfigureAwait(false);
    ///         foreach (var row in page.Rows)
    ///         {
    ///             yield return row;
    ///         }
    ///
    ///         next = page.Next;
    ///     }
    /// }
    /// </code>
    /// <para><c>ISnmpClient</c> is made so: <c>CollectAsync</c> is the page, <c>WalkAsync</c> the stream.</para>
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedMember = Error(
        "CONN021",
        "The members of a [Pooled] interface are asynchronous methods",
        "'{0}' of the [Pooled] interface '{1}' {2}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Connections.Pools", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
