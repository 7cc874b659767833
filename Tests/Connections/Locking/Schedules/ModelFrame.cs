using Connections.Locking;

namespace Connections.Tests.Locking.Schedules;

/// <summary>One entry into a <see cref="ModelLock"/>.</summary>
/// <param name="number">Entries are numbered in the order in which they were asked for.</param>
/// <param name="entered">What is entered.</param>
/// <param name="outer">The entry that the flow which asked carried as its innermost.</param>
/// <param name="container">The held entry into the same lock inside which this one was asked for; null for an outsider.</param>
internal sealed class ModelFrame(int number, ModelLock entered, ModelFrame? outer, ModelFrame? container)
{
    public int Number { get; } = number;

    public ModelLock Lock { get; } = entered;

    public ModelFrame? Outer { get; } = outer;

    public ModelFrame? Container { get; } = container;

    public Fate Fate { get; set; } = Fate.Waiting;

    /// <summary>When the wait ends by itself; null for never.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>What cancels the wait; null for nothing.</summary>
    public int? Token { get; init; }

    public TimeSpan AskedAt { get; init; }

    public TimeSpan GrantedAt { get; set; }

    /// <summary>Who held what was waited for when the wait was refused.</summary>
    public LockHolder Obstacle { get; set; }

    /// <summary>Who enters.</summary>
    public string Member { get; } = MemberOf(number);

    /// <summary>The entries that its flow carries and has not left, the outermost first, and this one.</summary>
    public string Flow
    {
        get
        {
            var members = Member;
            for (var around = Outer; around is not null; around = around.Outer)
            {
                members = around.Fate is Fate.Held or Fate.Waiting ? $"{around.Member} > {members}" : members;
            }

            return members;
        }
    }

    public static string MemberOf(int number) => $"entry {number}";

    /// <summary>Whether the flow that asked for this entry carried the other one.</summary>
    public bool IsInside(ModelFrame other)
    {
        var around = Outer;
        while (around is not null && around != other)
        {
            around = around.Outer;
        }

        return around is not null;
    }
}
