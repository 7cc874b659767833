using System.Runtime.CompilerServices;

namespace Connections.Pools;

/// <summary>A pool whose workers are used through one interface; what the facade of that interface calls. Thread-safe.</summary>
/// <typeparam name="TClient">The interface.</typeparam>
public sealed class ConnectionPool<TClient>
    where TClient : class
{
    internal ConnectionPool(ConnectionPool pool) => Pool = pool;

    internal ConnectionPool Pool { get; }

    /// <summary>
    /// Runs a body on a free worker, which it holds for just that long. Inside a lease of the same pool that the calling flow holds
    /// already, it runs on that lease's worker.
    /// </summary>
    /// <param name="state">What the body needs, so that it can be a static lambda.</param>
    /// <param name="body">What to do with the worker.</param>
    /// <param name="cancellationToken">Ends the wait, and is handed to the body.</param>
    /// <param name="member">Who calls, for diagnostics.</param>
    /// <exception cref="NotConnectedException">The pool is not connected.</exception>
    /// <exception cref="Pooling.PoolTimeoutException">No worker became free in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<TResult> RunAsync<TState, TResult>(
        TState state,
        Func<TClient, TState, CancellationToken, ValueTask<TResult>> body,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "")
    {
        ArgumentNullException.ThrowIfNull(body);
        return LeaseFrame.FindHeld(Pool) is { } held
            ? body(Cast(held.Worker), state, cancellationToken)
            : RunLeasedAsync(state, body, member, cancellationToken);
    }

    // The frame is current inside this method alone, which is all that has to see it.
    private async ValueTask<TResult> RunLeasedAsync<TState, TResult>(
        TState state, Func<TClient, TState, CancellationToken, ValueTask<TResult>> body, string member, CancellationToken cancellationToken)
    {
        var frame = await Pool.EnterAsync(timeout: null, member, cancellationToken).ConfigureAwait(false);
        try
        {
            return await body(Cast(frame.Worker), state, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            frame.End();
        }
    }

    private static TClient Cast(BaseConnection worker) => (TClient)(object)worker;
}
