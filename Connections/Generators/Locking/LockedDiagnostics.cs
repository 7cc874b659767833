using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>The rules for [Locked] methods, whose bodies the generator writes.</summary>
internal static class LockedDiagnostics
{
    /// <summary>
    /// The generator writes the body of a [Locked] method, so the method must leave room for it: an instance method of a class, <c>partial</c>, without a
    /// body, and neither an accessor nor an explicit implementation of an interface member, which cannot be partial; and, where it is asynchronous, not
    /// <c>unsafe</c>, since unsafe code cannot await. An attribute on the member of an interface would bind nobody: it belongs on the class that
    /// implements it. Declare the method without a body and write what it does as its Core:
    /// <code>
    /// [Locked] public async Task ResetAsync() { … }         // reported
    ///
    /// [Locked] public partial Task ResetAsync();            // right
    /// private async Task ResetCoreAsync() { … }
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor NotPartialMethod = Error(
        "CONN001",
        "A [Locked] method is a partial declaration",
        "'{0}' is [Locked] but {1}; declare it as an instance method of a class with 'partial' and without a body, and write its work as '{2}'");

    /// <summary>
    /// The generated body is another part of the same class, so the class and every type around it must be <c>partial</c>, and none of them
    /// <c>file</c>-local, which no other file can add to.
    /// <code>
    /// public class Meter : BaseConnection { [Locked] … }            // reported
    /// public partial class Meter : BaseConnection { [Locked] … }    // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor NotPartialClass = Error(
        "CONN002",
        "The class of a [Locked] method is partial",
        "'{0}' has [Locked] methods or encloses a class that has, but is {1}; declare it 'partial', in any file but not as 'file'");

    /// <summary>
    /// A [Locked] method takes the lock of its own object, which must be a class that implements <c>Connections.Locking.ILockable</c>. Deriving from
    /// <c>Connections.BaseConnection</c> is the usual way.
    /// <code>
    /// public partial class Meter { [Locked] … }                     // reported: which lock?
    /// public partial class Meter : BaseConnection { [Locked] … }    // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor NotLockable = Error(
        "CONN003",
        "The class of a [Locked] method is lockable",
        "'{0}' has the [Locked] method '{1}' but no lock; derive it from Connections.BaseConnection or make it a class that implements Connections.Locking.ILockable");

    /// <summary>
    /// The generated body calls Core, the method that does the work: <c>ExecuteCoreAsync</c> for <c>ExecuteAsync</c>, <c>ReadCore</c> for <c>Read</c>. Write it in the
    /// class, or inherit it. Until it is there, the generator writes no body, and the compiler misses one (CS8795).
    /// <code>
    /// [Locked] public partial Task&lt;int&gt; ReadAsync(int register);      // reported while alone
    /// private async Task&lt;int&gt; ReadCoreAsync(int register) { … }       // what it asks for
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor NoCore = Error(
        "CONN004",
        "A [Locked] method has a Core",
        "'{0}' is [Locked] but there is no '{1}' to do its work; write '{2}'");

    /// <summary>
    /// Core is called with the arguments of the [Locked] method, and its result is handed back: both have the same return type, type
    /// parameters and parameters, and Core demands no more of its type parameters than the [Locked] method does. It returns no null that the [Locked] method does not promise, and takes
    /// every null that the [Locked] method takes. An <c>in</c> parameter may be a plain one in Core. Default values belong to the [Locked] method alone.
    /// <code>
    /// [Locked] public partial Task&lt;int&gt; ReadAsync(int register);
    /// private Task&lt;long&gt; ReadCoreAsync(int register) { … }      // reported
    /// private Task&lt;int&gt; ReadCoreAsync(int register) { … }       // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor CoreDiffers = Error(
        "CONN005",
        "Core has the signature of its [Locked] method",
        "'{0}' does not fit the [Locked] method '{1}'; write '{2}'");

    /// <summary>
    /// An asynchronous method outlives the stack frame of its caller, so it cannot take <c>ref</c> or <c>out</c> parameters, ref structs such as
    /// <c>Span&lt;T&gt;</c> (also as <c>params</c>), or pointers. Take a <c>Memory&lt;T&gt;</c>, return the result, or make the method synchronous.
    /// <code>
    /// [Locked] public partial Task SendAsync(ReadOnlySpan&lt;byte&gt; data);       // reported
    /// [Locked] public partial Task SendAsync(ReadOnlyMemory&lt;byte&gt; data);     // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor ByReference = Error(
        "CONN006",
        "An asynchronous [Locked] method takes its arguments by value",
        "'{0}' is asynchronous and takes '{1}' {2}, which cannot outlive the call; take it by value (a Memory<T> for a Span<T>), return it as a result, or make the method synchronous");

    /// <summary>
    /// A [Locked] method returns <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c>, <c>ValueTask&lt;T&gt;</c>, <c>IAsyncEnumerable&lt;T&gt;</c>, nothing, or a finished value. A synchronous sequence is
    /// produced while its consumer enumerates it: it would hold the lock while the consumer's loop body runs, and shut out every other caller for
    /// as long. Return an <c>IAsyncEnumerable&lt;T&gt;</c>, which holds the lock only while its next element is fetched, or a whole page. Another
    /// awaitable would be handed back unfinished, with the lock released already.
    /// <code>
    /// [Locked] public partial IEnumerable&lt;Row&gt; Walk();                       // reported
    /// [Locked] public partial IAsyncEnumerable&lt;Row&gt; WalkAsync();             // right: locked for each row
    /// [Locked] public partial Task&lt;Page&gt; ReadPageAsync(Cursor from);          // right: locked for each page
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedReturn = Error(
        "CONN007",
        "A [Locked] method returns a task, a stream or a finished value",
        "'{0}' is [Locked] and returns '{1}', {2}");

    /// <summary>
    /// <c>TimeoutMs</c> counts milliseconds: 0 gives up at once, -1 waits until the call is cancelled. Nothing below -1 means anything.
    /// <code>
    /// [Locked(TimeoutMs = -5)] …        // reported
    /// [Locked(TimeoutMs = 5000)] …      // right: LockTimeoutException after five seconds
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor BadTimeout = Error(
        "CONN008",
        "TimeoutMs is -1 or more",
        "'{0}' has TimeoutMs = {1}; use -1 to wait without end, 0 to give up at once, or a number of milliseconds");

    /// <summary>
    /// <c>Hold</c> tells for how long a stream holds the lock: for each element, or from the first to the end. Every other method holds it from its beginning to its end,
    /// and has nothing to choose.
    /// <code>
    /// [Locked(Hold = LockHold.Enumeration)] public partial Task&lt;int&gt; ReadAsync();                   // reported
    /// [Locked] public partial Task&lt;int&gt; ReadAsync();                                               // right
    /// [Locked(Hold = LockHold.Enumeration)] public partial IAsyncEnumerable&lt;int&gt; WalkAsync();       // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor HoldWithoutStream = Error(
        "CONN013",
        "Hold is for streams",
        "'{0}' has Hold = {1}, which only a method that returns an IAsyncEnumerable<T> can choose, and it returns '{2}'; leave Hold out");

    /// <summary>
    /// The compiler prefers a method that a class adds to one that it inherits, even one that fits better, and counts an override as inherited. So a looser overload
    /// of a Core that is inherited or overridden would get the calls that are meant for that Core. Give the overload another name, or move it to where the Core is declared first.
    /// <code>
    /// public abstract class Meter : BaseConnection { protected virtual Task ReadCoreAsync(int x) { … } }
    ///
    /// [Locked] public partial Task ReadAsync(int x);
    /// private Task ReadCoreAsync(long x) { … }      // reported: takes an int as well
    /// private Task ReadWideAsync(long x) { … }      // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor CoreHidden = Error(
        "CONN015",
        "No overload takes the calls of a [Locked] method from its Core",
        "'{0}' would be called by the [Locked] method '{1}' instead of the inherited '{2}'; give it another name");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Connections.Locking", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
