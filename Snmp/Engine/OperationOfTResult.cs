using System.Threading.Tasks.Sources;

namespace Connections.Snmp.Engine;

/// <summary>An operation that its caller awaits, and that goes back to its pool when the result has been read.</summary>
internal abstract class Operation<TResult>(SnmpEngine engine) : Operation(engine), IValueTaskSource<TResult>
{
    private ManualResetValueTaskSourceCore<TResult> _core;
    private TResult? _result;
    private Exception? _failure;

    internal ValueTask<TResult> Task => new(this, _core.Version);

    internal override void Fail(Exception error) => _failure = error;

    internal override void Deliver()
    {
        // After this call the object may already serve someone else.
        if (_failure is not null)
        {
            _core.SetException(_failure);
        }
        else
        {
            _core.SetResult(_result!);
        }
    }

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        // A wrong token throws here, before anything is given back.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The result of the call is not there yet; await it.");
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            Recycle();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    protected void Complete(TResult result) => _result = result;

    protected abstract void ReturnToPool();

    private void Recycle()
    {
        _core.Reset();
        _result = default;
        _failure = null;
        Release();
        ReturnToPool();
    }
}
