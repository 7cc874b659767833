using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>The rules for [Locked] methods and for what the lock protects.</summary>
internal static class LockedDiagnostics
{
    /// <summary>
    /// The generator writes the body of a [Locked] method, so the method must leave room for it: an instance method, <c>partial</c>, without a
    /// body, and no explicit implementation of an interface member, which cannot be partial. Declare it <c>public partial … ExecuteAsync(…);</c> and write what it does as <c>ExecuteCoreAsync</c>.
    /// </summary>
    public static readonly DiagnosticDescriptor NotPartialMethod = Error(
        "CONN001",
        "A [Locked] method is a partial declaration",
        "'{0}' is [Locked] but {1}; declare it as an instance method with 'partial' and without a body, and write its work as '{2}'");

    /// <summary>
    /// The generated body is another part of the same class, so the class and every type around it must be <c>partial</c>, and none of them
    /// <c>file</c>-local.
    /// </summary>
    public static readonly DiagnosticDescriptor NotPartialClass = Error(
        "CONN002",
        "The class of a [Locked] method is partial",
        "'{0}' has [Locked] methods or encloses a class that has, but is {1}; declare it 'partial', in any file but not as 'file'");

    /// <summary>
    /// A [Locked] method takes the lock of its own object, which must be a class that implements <c>Connections.Locking.ILockable</c>. Deriving from
    /// <c>Connections.BaseConnection</c> is the usual way.
    /// </summary>
    public static readonly DiagnosticDescriptor NotLockable = Error(
        "CONN003",
        "The class of a [Locked] method is lockable",
        "'{0}' has the [Locked] method '{1}' but no lock; derive it from Connections.BaseConnection or make it a class that implements Connections.Locking.ILockable");

    /// <summary>
    /// The generated body calls Core, the method that does the work: <c>ExecuteCoreAsync</c> for <c>ExecuteAsync</c>, <c>ReadCore</c> for <c>Read</c>. Write it in the
    /// class, or inherit it. Until it is there, the generator writes no body, and the compiler misses one (CS8795).
    /// </summary>
    public static readonly DiagnosticDescriptor NoCore = Error(
        "CONN004",
        "A [Locked] method has a Core",
        "'{0}' is [Locked] but there is no '{1}' to do its work; write '{2}'");

    /// <summary>
    /// Core is called with the arguments of the [Locked] method, and its result is handed back: both have the same return type, type
    /// parameters and parameters. An <c>in</c> parameter may be a plain one in Core.
    /// </summary>
    public static readonly DiagnosticDescriptor CoreDiffers = Error(
        "CONN005",
        "Core has the signature of its [Locked] method",
        "'{0}' does not fit the [Locked] method '{1}'; write '{2}'");

    /// <summary>
    /// An asynchronous method outlives the stack frame of its caller, so it cannot take <c>ref</c> or <c>out</c> parameters, ref structs such as
    /// <c>Span&lt;T&gt;</c>, or pointers. Take a <c>Memory&lt;T&gt;</c>, return the result, or make the method synchronous.
    /// </summary>
    public static readonly DiagnosticDescriptor ByReference = Error(
        "CONN006",
        "An asynchronous [Locked] method takes its arguments by value",
        "'{0}' is asynchronous and takes '{1}' {2}, which cannot outlive the call; take it by value (a Memory<T> for a Span<T>), return it as a result, or make the method synchronous");

    /// <summary>
    /// A [Locked] method returns <c>Task</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask</c>, <c>ValueTask&lt;T&gt;</c>, <c>IAsyncEnumerable&lt;T&gt;</c>, nothing, or a finished value. A synchronous sequence is
    /// produced while its consumer enumerates it: it would hold the lock while the consumer's loop body runs, and shut out every other caller for
    /// as long. Return an <c>IAsyncEnumerable&lt;T&gt;</c>, which holds the lock only while its next element is fetched, or a whole page,
    /// <c>[Locked] public partial Task&lt;Page&gt; ReadPageAsync(Cursor from, …)</c>.
    /// </summary>
    public static readonly DiagnosticDescriptor UnsupportedReturn = Error(
        "CONN007",
        "A [Locked] method returns a task, a stream or a finished value",
        "'{0}' is [Locked] and returns '{1}', {2}");

    /// <summary><c>TimeoutMs</c> counts milliseconds: 0 gives up at once, -1 waits until the call is cancelled. Nothing below -1 means anything.</summary>
    public static readonly DiagnosticDescriptor BadTimeout = Error(
        "CONN008",
        "TimeoutMs is -1 or more",
        "'{0}' has TimeoutMs = {1}; use -1 to wait without end, 0 to give up at once, or a number of milliseconds");

    /// <summary>
    /// Core does the work of a [Locked] method and relies on the lock being held. It may be called by that method, by another Core of the same
    /// object, and by the overrides that <c>Connections.BaseConnection</c> calls with the lock held (<c>OpenAsync</c>, <c>CloseAsync</c>, <c>ResetAsync</c>,
    /// <c>CheckHealthAsync</c>). Everyone else calls the [Locked] method: its lock may be entered again by whoever holds it.
    /// </summary>
    public static readonly DiagnosticDescriptor CoreCalled = Warning(
        "CONN009",
        "Core is called with the lock held",
        "'{0}' calls '{1}', which relies on the lock being held; call '{2}' instead, which may also be called by code that holds the lock");

    /// <summary>
    /// A lock that is never released keeps every other caller out for good. Hold the releaser in a <c>using</c>, dispose it in a
    /// <c>finally</c>, or hand it on. The same goes for the lease of a pool's worker.
    /// </summary>
    public static readonly DiagnosticDescriptor NotReleased = Warning(
        "CONN010",
        "A lock or lease that is taken is released",
        "This '{0}' is never disposed, so nobody else gets in again; write 'using var … = …', or dispose it");

    /// <summary>
    /// Who owns a lock follows the execution context, which an async method does not pass back to its caller: the caller of an async
    /// method that returns a releaser holds the lock without owning it, and its next locked call waits for itself. Return the
    /// task of <c>LockAsync</c> from a method that is not async, or call <c>Attach()</c> on the releaser in the caller and suppress this.
    /// </summary>
    public static readonly DiagnosticDescriptor ReturnedFromAsync = Warning(
        "CONN011",
        "A releaser is not returned from an async method",
        "'{0}' is async and returns a releaser, whose ownership does not reach the caller; return the task of LockAsync without 'async', or have the caller call Attach() on it");

    /// <summary>
    /// A thread that blocks on a task while it holds a lock keeps everyone out, itself included: the task may need that very thread, or a lock
    /// whose holder waits for this one, and no deadlock detection sees a blocked <c>.Result</c>. Code that runs inside the lock, which is a Core, the
    /// methods of its class that it calls, and the overrides that <c>Connections.BaseConnection</c> calls with the lock held, awaits instead of calling
    /// <c>.Result</c>, <c>.Wait()</c>, <c>Task.WaitAll</c>, <c>Task.WaitAny</c> or <c>.GetAwaiter().GetResult()</c>. A synchronous Core calls the synchronous twin, or becomes asynchronous. The
    /// result of a task that was awaited, or asked whether it is completed, may be read.
    /// </summary>
    public static readonly DiagnosticDescriptor BlocksInLock = Warning(
        "CONN012",
        "Code inside a lock awaits its tasks",
        "'{0}' runs with the lock held and blocks its thread in '{1}'; await the task, or call a synchronous method that does the same");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "Connections.Locking", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Connections.Locking", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
