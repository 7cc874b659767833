namespace Connections.Locking;

/// <summary>
/// What one flow of execution holds or waits for: a lock, or a worker of a pool. Frames form a chain from the innermost outward, which
/// one <see cref="AsyncLocal{T}"/> carries across awaits, threads and forks, so that a call chain recognises what it holds already.
/// </summary>
/// <remarks>
/// A frame is never reused: an execution context captured long ago may still carry it, and a second life would hand that stale flow
/// an ownership that it never had.
/// </remarks>
internal abstract class AmbientFrame
{
    private static readonly AsyncLocal<AmbientFrame?> Ambient = new();

    private ExecutionContext? _contextOutside;
    private ExecutionContext? _contextInside;
    private volatile FrameState _state;

    /// <summary>Makes a frame inside what the calling flow holds now; it is not yet current.</summary>
    /// <param name="outer">The <see cref="Current"/> frame.</param>
    /// <exception cref="InvalidOperationException">The flow of the execution context is suppressed: the frame could not follow its owner.</exception>
    protected AmbientFrame(AmbientFrame? outer)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            throw new InvalidOperationException(
                "A lock or a lease cannot be entered while the flow of the execution context is suppressed, because its ownership travels "
                + "with that context. Enter it before ExecutionContext.SuppressFlow(), or start the work with ReentrantAsyncLock.Detach().");
        }

        Outer = outer;
    }

    /// <summary>The innermost frame that the calling flow carries and that has not ended.</summary>
    public static AmbientFrame? Current
    {
        get => SkipEnded(Ambient.Value);
        set => Ambient.Value = value;
    }

    /// <summary>The frame inside which this one was entered.</summary>
    public AmbientFrame? Outer { get; }

    /// <summary>The member that entered, for diagnostics.</summary>
    public abstract string Member { get; }

    /// <summary>How long it has been held; zero before.</summary>
    public abstract TimeSpan HeldFor { get; }

    /// <summary>The members through which its flow came to enter, the outermost first, with this one at the end.</summary>
    public string Path
    {
        get
        {
            var members = new Stack<string>([Member]);
            for (var frame = SkipEnded(Outer); frame is not null; frame = SkipEnded(frame.Outer))
            {
                members.Push(frame.Member);
            }

            return string.Join(" > ", members);
        }
    }

    /// <summary>Where the frame is in its life.</summary>
    public FrameState State
    {
        get => _state;
        protected set => _state = value;
    }

    /// <summary>
    /// Makes this new frame the calling flow's innermost. To be called once, and from a method that is not async: what an async method
    /// writes to an <see cref="AsyncLocal{T}"/> is lost to its caller.
    /// </summary>
    public void AddToFlow()
    {
        _contextOutside = ExecutionContext.Capture();
        Ambient.Value = this;
        _contextInside = ExecutionContext.Capture();
    }

    /// <summary>Takes this frame off the calling flow, if it is that flow's innermost.</summary>
    protected void RemoveFromFlow()
    {
        if (_contextInside is { } inside && _contextOutside is { } outside && ReferenceEquals(ExecutionContext.Capture(), inside))
        {
            // Nothing else has changed since, and this costs a third of what changing the value does.
            ExecutionContext.Restore(outside);
        }
        else if (ReferenceEquals(Ambient.Value, this))
        {
            Ambient.Value = SkipEnded(Outer);
        }

        ForgetContexts();
    }

    /// <summary>Lets go of what is around the frame, so that frames which others still carry do not hold each other in memory.</summary>
    protected void ForgetContexts() => _contextOutside = _contextInside = null;

    private static AmbientFrame? SkipEnded(AmbientFrame? frame)
    {
        while (frame is { State: FrameState.Ended })
        {
            frame = frame.Outer;
        }

        return frame;
    }
}
