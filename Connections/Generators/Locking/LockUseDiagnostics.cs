using Microsoft.CodeAnalysis;

namespace Connections.Generators.Locking;

/// <summary>The rules for what the lock protects, and for those who take it.</summary>
internal static class LockUseDiagnostics
{
    /// <summary>
    /// Core does the work of a [Locked] method and relies on the lock being held. It may be called by that method, by another Core of the same
    /// object, and by the overrides that <c>Connections.BaseConnection</c> calls with the lock held (<c>OpenAsync</c>, <c>CloseAsync</c>, <c>ResetAsync</c>,
    /// <c>CheckHealthAsync</c>). Everyone else calls the [Locked] method: its lock may be entered again by whoever holds it.
    /// <code>
    /// public Task PingAsync() => ExecuteCoreAsync("ping");      // reported
    /// public Task PingAsync() => ExecuteAsync("ping");          // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor CoreCalled = Warning(
        "CONN009",
        "Core is called with the lock held",
        "'{0}' calls '{1}', which relies on the lock being held; call '{2}' instead, which may also be called by code that holds the lock");

    /// <summary>
    /// A lock that is never released keeps every other caller out for good. Hold the releaser in a <c>using</c>, dispose it in a
    /// <c>finally</c>, or hand it on. The same goes for the lease of a pool's worker.
    /// <code>
    /// await connection.LockAsync();                          // reported
    /// using var held = await connection.LockAsync();         // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor NotReleased = Warning(
        "CONN010",
        "A lock or lease that is taken is released",
        "This '{0}' is never disposed, so nobody else gets in again; write 'using var … = …', or dispose it");

    /// <summary>
    /// Who owns a lock follows the execution context, which an async method does not pass back to its caller: the caller of an async
    /// method that returns a releaser holds the lock without owning it, and its next locked call waits for itself. Return the
    /// task of <c>LockAsync</c> from a method that is not async, or call <c>Attach()</c> on the releaser in the caller and suppress this.
    /// <code>
    /// async Task&lt;Releaser&gt; EnterAsync() => await meter.LockAsync();      // reported
    /// ValueTask&lt;Releaser&gt; EnterAsync() => meter.LockAsync();             // right
    /// </code>
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
    /// <code>
    /// private int ReadCore() => stream.ReadAsync(buffer).Result;                        // reported
    /// private int ReadCore() => stream.Read(buffer);                                    // right
    /// private async Task&lt;int&gt; ReadCoreAsync() => await stream.ReadAsync(buffer);       // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor BlocksInLock = Warning(
        "CONN012",
        "Code inside a lock awaits its tasks",
        "'{0}' runs with the lock held and blocks its thread in '{1}'; await the task, or call a synchronous method that does the same");

    /// <summary>
    /// A stream marked <c>[Locked(Hold = LockHold.Enumeration)]</c> holds the lock while the body of the loop over it runs, and the body does not own that
    /// lock: an asynchronous iterator cannot hand ownership to its consumer. So a locked call of the same object in the body waits for the loop to end, which waits for
    /// the call. No detector of deadlocks sees it, since nothing but the body itself would end the wait. Collect the elements first, or let the stream hold the lock for
    /// each element only.
    /// <code>
    /// await foreach (var row in meter.WalkAsync()) { await meter.ReadAsync(row); }                      // reported
    /// foreach (var row in await meter.WalkAsync().ToListAsync()) { await meter.ReadAsync(row); }        // right
    /// </code>
    /// </summary>
    public static readonly DiagnosticDescriptor WaitsForItself = Warning(
        "CONN014",
        "The body of a loop over a stream that holds the lock takes that lock nowhere",
        "'{0}' takes the lock of '{1}', which '{2}' holds until this loop ends, so it waits for itself; collect the elements first, or leave Hold = LockHold.Enumeration out of '{2}'");

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "Connections.Locking", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
