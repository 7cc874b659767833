using System.Threading.Tasks.Sources;

namespace Connections.Benchmarks.Locks;

/// <summary>
/// The least that a fair lock does whose ownership follows the execution context: a queue, direct hand-off, and one new object that flows with
/// its owner. It can neither be entered again nor be cancelled, has no timeout and says nothing of its holder. What it costs, no such
/// lock can go below.
/// </summary>
internal sealed class LeastAmbientLock
{
    private static readonly AsyncLocal<Frame?> Ambient = new();

    private readonly Lock _mutex = new();
    private readonly Queue<Wait> _waits = new();
    private bool _isHeld;

    public ValueTask<Frame> LockAsync()
    {
        var frame = new Frame(this);
        Wait? wait = null;
        lock (_mutex)
        {
            if (_isHeld)
            {
                _waits.Enqueue(wait = Wait.Of(frame));
            }

            _isHeld = true;
        }

        frame.AddToFlow();
        return wait?.Task ?? new(frame);
    }

    private void Leave(Frame frame)
    {
        Wait? next;
        lock (_mutex)
        {
            _isHeld = _waits.TryDequeue(out next);
        }

        frame.RemoveFromFlow();
        next?.Complete();
    }

    /// <summary>What flows with the owner; disposing it leaves the lock.</summary>
    internal sealed class Frame(LeastAmbientLock owner) : IDisposable
    {
        private ExecutionContext? _outside;
        private ExecutionContext? _inside;

        public void AddToFlow()
        {
            _outside = ExecutionContext.Capture();
            Ambient.Value = this;
            _inside = ExecutionContext.Capture();
        }

        public void RemoveFromFlow()
        {
            if (ReferenceEquals(ExecutionContext.Capture(), _inside))
            {
                ExecutionContext.Restore(_outside!);
            }
        }

        public void Dispose() => owner.Leave(this);
    }

    private sealed class Wait : IValueTaskSource<Frame>
    {
        [ThreadStatic]
        private static Wait? _spare;

        private ManualResetValueTaskSourceCore<Frame> _completion = new() { RunContinuationsAsynchronously = true };
        private Frame? _frame;

        public ValueTask<Frame> Task => new(this, _completion.Version);

        public static Wait Of(Frame frame)
        {
            var wait = _spare ?? new Wait();
            _spare = null;
            wait._frame = frame;
            return wait;
        }

        public void Complete() => _completion.SetResult(_frame!);

        public Frame GetResult(short token)
        {
            var frame = _completion.GetResult(token);
            _completion.Reset();
            _spare = this;
            return frame;
        }

        public ValueTaskSourceStatus GetStatus(short token) => _completion.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _completion.OnCompleted(continuation, state, token, flags);
    }
}
