namespace Connections.Tests.Locking.Schedules;

/// <summary>A flow of execution that the schedule steps: what it carries for the lock, and for the model.</summary>
internal sealed class Flow(ExecutionContext context, ModelFrame? innermost)
{
    private ExecutionContext _context = context;
    private ModelFrame? _innermost = innermost;

    public ExecutionContext Context => _context;

    /// <summary>The innermost entry that the flow carries and that has not ended.</summary>
    public ModelFrame? Innermost
    {
        get
        {
            while (_innermost is { Fate: not (Fate.Waiting or Fate.Held) })
            {
                _innermost = _innermost.Outer;
            }

            return _innermost;
        }
        set => _innermost = value;
    }

    public bool IsWaiting => Innermost is { Fate: Fate.Waiting };

    public bool IsInside => Innermost is { Fate: Fate.Held };

    /// <summary>Does something in this flow, which carries on with what was done to its context.</summary>
    public void Run(Action step) => ExecutionContext.Run(
        _context,
        _ =>
        {
            step();
            _context = ExecutionContext.Capture()!;
        },
        state: null);

    /// <summary>Reads something in this flow.</summary>
    public T Read<T>(Func<T> read)
    {
        T value = default!;
        ExecutionContext.Run(_context, _ => value = read(), state: null);
        return value;
    }
}
