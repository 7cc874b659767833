using System.Threading.Tasks.Sources;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Calls;

/// <summary>A call with one result. Used again and again, with its timer, so that a call allocates nothing.</summary>
internal sealed class PendingCall(ClientConnection connection) : Pending, IValueTaskSource<ChannelMessage>
{
    private ManualResetValueTaskSourceCore<ChannelMessage> _core = new() { RunContinuationsAsynchronously = true };
    private ITimer? _timer;
    private long _end = Deadline.Never;
    private CancellationTokenRegistration _registration;
    private volatile bool _hasEnded;

    public override bool HasNews => _hasEnded;

    public override void AcceptItem(in ChannelMessage message)
    {
        message.Return();
        throw new RpcProtocolException("An element of a stream was received for a call that returns none.");
    }

    public override void Complete(in Frame frame, in ChannelMessage message)
    {
        if (frame.Kind == FrameKind.Result)
        {
            _hasEnded = true;
            _core.SetResult(message);
        }
        else
        {
            Fail(Answers.ErrorOf(frame, message, connection.Peer));
        }
    }

    public override void Fail(Exception error)
    {
        _hasEnded = true;
        _core.SetException(error);
    }

    /// <summary>Whether whoever ended it has done all that there was to do.</summary>
    public bool IsSettled => _core.GetStatus(_core.Version) != ValueTaskSourceStatus.Pending;

    /// <summary>The answer, once it is there. The result frame is the caller's, to return.</summary>
    public ValueTask<ChannelMessage> WaitAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        if (!_hasEnded)
        {
            Watch(deadline, cancellationToken);
        }

        return new ValueTask<ChannelMessage>(this, _core.Version);
    }

    /// <summary>Makes it ready for the next call. Only once nobody will end it any more.</summary>
    public void Reset()
    {
        _registration.Dispose();
        _registration = default;
        if (_end != Deadline.Never)
        {
            Volatile.Write(ref _end, Deadline.Never);
            _timer!.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        _hasEnded = false;
        _core.Reset();
    }

    ChannelMessage IValueTaskSource<ChannelMessage>.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ChannelMessage>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<ChannelMessage>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Watch(Deadline deadline, CancellationToken cancellationToken)
    {
        if (!deadline.IsNever)
        {
            Volatile.Write(ref _end, deadline.End);
            _timer ??= connection.Time.CreateTimer(
                static state => ((PendingCall)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(deadline.Remaining, Timeout.InfiniteTimeSpan);
        }

        _registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingCall)state!).OnCancelled(token), this);
    }

    // The timer may be that of a call before, which has ended; and the next one may begin at this moment, with an id and then an end of its own.
    // Or it is early: the clock of timers is coarser than that of deadlines.
    private void OnTimer()
    {
        var id = Id;
        var end = Volatile.Read(ref _end);
        if (end == Deadline.Never)
        {
            return;
        }

        if (Deadline.Until(end, connection.Time) is { Ticks: > 0 } left)
        {
            _timer!.Change(left, Timeout.InfiniteTimeSpan);
        }
        else
        {
            EndEarly(id, new RpcTimeoutException($"{connection.Peer} has not answered a call in time; it was being served."));
        }
    }

    private void OnCancelled(CancellationToken token) => EndEarly(Id, new OperationCanceledException(token));

    private void EndEarly(uint id, Exception error)
    {
        if (connection.Abandon(id))
        {
            Fail(error);
        }
    }
}
