using Connections.Locking;

namespace Connections.Tests.Locking.Schedules;

/// <summary>An entry into a real lock, and the model's idea of it.</summary>
internal sealed class Entry(int number, ModelFrame frame, ValueTask<Releaser> asked, bool isTry)
{
    private ValueTask<Releaser> _asked = asked;

    public int Number { get; } = number;

    public ModelFrame Frame { get; } = frame;

    /// <summary>What the wait gave, once that was taken.</summary>
    public Releaser Releaser { get; private set; }

    public bool IsTaken { get; private set; }

    /// <summary>Whether it is known to hold the lock, by what the lock itself says.</summary>
    public bool Holds => IsTaken ? Releaser.IsHeld : !isTry && _asked.IsCompletedSuccessfully;

    /// <summary>Whether the lock ended the wait and the model knows of no reason yet.</summary>
    public bool HasFailedOnItsOwn => !IsTaken && Frame.Fate is Fate.Waiting && _asked.IsFaulted;

    /// <summary>Whether nothing more can happen to it.</summary>
    public bool IsOver => IsTaken && Frame.Fate != Fate.Held;

    /// <summary>What the lock says has become of it; as long as the result is not taken, nobody knows whether a try holds.</summary>
    public string Outcome => IsTaken
        ? Releaser.IsHeld ? "held" : "not held"
        : _asked switch
        {
            { IsCompleted: false } => "waiting",
            { IsCanceled: true } => "cancelled",
            { IsFaulted: true } => "failed",
            _ => "completed",
        };

    /// <summary>What the model says should have become of it, in the words of <see cref="Outcome"/>.</summary>
    public string Expected => (IsTaken, Frame.Fate) switch
    {
        (true, Fate.Held) => "held",
        (true, _) => "not held",
        (_, Fate.Waiting) => "waiting",
        (_, Fate.Cancelled) => "cancelled",
        (_, Fate.TimedOut) when !isTry => "failed",
        (_, Fate.Deadlocked) => "failed",
        _ => "completed",
    };

    /// <summary>Takes the result, which a caller that is slow to run does some time after it was granted.</summary>
    /// <exception cref="DisagreementException">The result is not what the model says.</exception>
    public void Take()
    {
        IsTaken = true;
        try
        {
            Releaser = _asked.GetAwaiter().GetResult();
            DisagreementException.Unless(Frame.Fate is Fate.Held || (isTry && Frame.Fate is Fate.TimedOut), this, "gave a releaser");
        }
        catch (OperationCanceledException)
        {
            DisagreementException.Unless(Frame.Fate is Fate.Cancelled, this, "was cancelled");
        }
        catch (LockTimeoutException error)
        {
            DisagreementException.Unless(
                Frame.Fate is Fate.TimedOut && !isTry && error.Holder == Frame.Obstacle,
                this,
                $"timed out behind {error.Holder}, in place of {Frame.Obstacle}");
        }

        catch (LockDeadlockException)
        {
            DisagreementException.Unless(Frame.Fate is Fate.Deadlocked, this, "failed for a deadlock");
        }

        _asked = default;
    }
}
