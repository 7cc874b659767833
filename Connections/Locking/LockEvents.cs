using System.Diagnostics;

namespace Connections.Locking;

/// <summary>
/// What becomes of waits for locks: on the meter, and, while anyone listens to the activity source <c>Connections</c>, as an event of the
/// activity in which the caller waited.
/// </summary>
internal static class LockEvents
{
    private static readonly ActivitySource Source = new("Connections");

    /// <summary>Records the end of a wait; in the flow that waited.</summary>
    public static void RecordWait(LockFrame frame, TimeSpan waited, Exception? error)
    {
        if (LockMetrics.Wait.Enabled)
        {
            LockMetrics.Wait.Record(waited.TotalSeconds);
        }

        if (Source.HasListeners() && Activity.Current is { } activity)
        {
            activity.AddEvent(new ActivityEvent($"connections.lock.{Outcome(frame, error)}", tags: new()
            {
                { "connections.lock.name", frame.Owner.Options.Name },
                { "connections.lock.member", frame.Member },
                { "connections.lock.wait", waited.TotalSeconds },
            }));
        }
    }

    private static string Outcome(LockFrame frame, Exception? error) => error switch
    {
        null => frame.State == FrameState.Held ? "granted" : "timeout",
        LockTimeoutException => "timeout",
        LockDeadlockException => "deadlock",
        _ => "cancelled",
    };
}
