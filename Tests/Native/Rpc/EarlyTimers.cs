namespace Connections.Native.Tests.Rpc;

/// <summary>The system's clock, with timers that come due some milliseconds before it says so, as those of a coarser clock may.</summary>
internal sealed class EarlyTimers : TimeProvider
{
    private static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(10);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new EarlyTimer(System.CreateTimer(callback, state, Earlier(dueTime), period));

    private static TimeSpan Earlier(TimeSpan due) => due > Lead ? due - Lead : due;

    private sealed class EarlyTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Earlier(dueTime), period);

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
