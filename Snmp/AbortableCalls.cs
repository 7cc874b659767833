using System.Diagnostics.CodeAnalysis;

namespace Connections.Snmp;

/// <summary>Calls of a connection that end when it is disposed, whatever token they were given. Thread-safe.</summary>
/// <param name="ensureUsable">Throws what a call is to fail with that was ended by <see cref="Abort"/>.</param>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and calls may still look at it.")]
internal sealed class AbortableCalls(Action ensureUsable)
{
    private readonly CancellationTokenSource _aborted = new();

    /// <summary>Ends the calls that are under way, and all later ones.</summary>
    internal void Abort() => _aborted.Cancel();

    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    internal async ValueTask<TResult> RunAsync<TCall, TResult>(
        TCall call, Func<TCall, CancellationToken, ValueTask<TResult>> run, CancellationToken cancellationToken)
    {
        using var linked = cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _aborted.Token)
            : null;
        try
        {
            return await run(call, linked?.Token ?? _aborted.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (linked is not null && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(error.Message, error, cancellationToken);
        }
        catch (OperationCanceledException) when (_aborted.IsCancellationRequested)
        {
            ensureUsable();
            throw;
        }
    }
}
