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
    public static void RecordWait(LockWait wait, Exception? error)
    {
        if (LockMetrics.Wait.Enabled)
        {
            LockMetrics.Wait.Record(wait.Lasted.TotalSeconds);
        }

        if (Source.HasListeners() && Activity.Current is { } activity)
        {
            AddEvent(activity, wait, error);
        }
    }

    private static void AddEvent(Activity activity, LockWait wait, Exception? error) =>
        activity.AddEvent(new ActivityEvent($"connections.lock.{Outcome(wait.Frame, error)}", tags: new()
        {
            { "connections.lock.name", wait.Frame.Owner.Options.Name },
            { "connections.lock.member", wait.Frame.Member },
            { "connections.lock.wait", wait.Lasted.TotalSeconds },
        }));

    private static string Outcome(LockFrame frame, Exception? error) => error switch
    {
        null => frame.State == FrameState.Held ? "granted" : "timeout",
        LockTimeoutException => "timeout",
        LockDeadlockException => "deadlock",
        _ => "cancelled",
    };
}
