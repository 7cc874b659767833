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
        [CallerMemberName] string member = "") =>
        RunAsync(state, body, changesState: false, member, cancellationToken);

    /// <summary>
    /// Runs a body that leaves its worker in another state than it found it; see <see cref="ChangesStateAttribute"/>. Else as
    /// <see cref="RunAsync{TState, TResult}(TState, Func{TClient, TState, CancellationToken, ValueTask{TResult}}, CancellationToken, string)"/>.
    /// </summary>
    /// <inheritdoc cref="RunAsync{TState, TResult}(TState, Func{TClient, TState, CancellationToken, ValueTask{TResult}}, CancellationToken, string)"/>
    public ValueTask<TResult> RunChangingStateAsync<TState, TResult>(
        TState state,
        Func<TClient, TState, CancellationToken, ValueTask<TResult>> body,
        CancellationToken cancellationToken = default,
        [CallerMemberName] string member = "") => RunAsync(state, body, changesState: true, member, cancellationToken);

    private ValueTask<TResult> RunAsync<TState, TResult>(
        TState state,
        Func<TClient, TState, CancellationToken, ValueTask<TResult>> body,
        bool changesState,
        string member,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return LeaseFrame.FindHeld(Pool) is { } held
            ? body(Use(held, changesState), state, cancellationToken)
            : RunLeasedAsync(state, body, changesState, member, cancellationToken);
    }

    // The frame is current inside this method alone, which is all that has to see it.
    private async ValueTask<TResult> RunLeasedAsync<TState, TResult>(
        TState state,
        Func<TClient, TState, CancellationToken, ValueTask<TResult>> body,
        bool changesState,
        string member,
        CancellationToken cancellationToken)
    {
        var frame = await Pool.EnterAsync(timeout: null, member, cancellationToken).ConfigureAwait(false);
        try
        {
            return await body(Use(frame, changesState), state, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            frame.End();
        }
    }

    private static TClient Use(LeaseFrame frame, bool changesState)
    {
        var worker = frame.Worker;
        if (changesState)
        {
            worker.MarkStateChanged();
        }

        return (TClient)(object)worker;
    }
}
