using Connections.Locking;

namespace Connections.Tests.Locking.Schedules;

/// <summary>
/// What a lock promises, written so plainly that it is obviously right: nothing is linked or remembered, everything is worked out anew
/// from who holds and who waits. An entry is inside the nearest entry around it that is still held, or else inside the lock itself; each
/// of these places has room for one, and whoever waits for it longest is next.
/// </summary>
internal sealed class ModelLock
{
    private readonly List<ModelFrame> _held = [];
    private readonly List<ModelFrame> _waiting = [];

    public IReadOnlyList<ModelFrame> Waiting => _waiting;

    /// <summary>Waiters whose scope ended before their turn came.</summary>
    public int Orphans { get; private set; }

    /// <summary>Entries that were left before an entry inside them.</summary>
    public int EarlyParents { get; private set; }

    /// <summary>Waits that were granted.</summary>
    public int HandOffs { get; private set; }

    public LockHolder? HolderAt(TimeSpan now) => OccupantOf(null) is null ? null : Describe(null, now);

    public bool IsHeldBy(ModelFrame? innermost) => NearestHeld(innermost) is { } held && OccupantOf(held) is null;

    public ModelFrame Enter(int number, ModelFrame? outer, TimeSpan now, TimeSpan? timeout, int? token)
    {
        var frame = new ModelFrame(number, this, outer, NearestHeld(outer)) { AskedAt = now, Deadline = now + timeout, Token = token };
        _waiting.Add(frame);
        Settle(now);
        return frame;
    }

    public void Leave(ModelFrame frame, TimeSpan now)
    {
        if (frame.Fate != Fate.Held)
        {
            return;
        }

        EarlyParents += OccupantOf(frame) is null ? 0 : 1;
        var orphans = _waiting.FindAll(waiter => PlaceOf(waiter) == frame);
        frame.Fate = Fate.Left;
        _held.Remove(frame);

        // Outsiders to the scope that ended, and the last of those.
        Orphans += orphans.Count;
        _waiting.RemoveAll(orphans.Contains);
        _waiting.AddRange(orphans);
        var before = _held.Count;
        Settle(now);
        HandOffs += _held.Count - before;
    }

    public void Refuse(ModelFrame waiter, Fate fate, TimeSpan now)
    {
        waiter.Fate = fate;
        _waiting.Remove(waiter);
        waiter.Obstacle = Describe(PlaceOf(waiter), now);
    }

    /// <summary>Who must leave before a waiter can be granted.</summary>
    public ModelFrame ObstacleOf(ModelFrame waiter) => OccupantOf(PlaceOf(waiter))!;

    private void Settle(TimeSpan now)
    {
        foreach (var waiter in _waiting.ToArray())
        {
            if (OccupantOf(PlaceOf(waiter)) is null)
            {
                waiter.Fate = Fate.Held;
                waiter.GrantedAt = now;
                _waiting.Remove(waiter);
                _held.Add(waiter);
            }
        }
    }

    private ModelFrame? NearestHeld(ModelFrame? innermost)
    {
        var frame = innermost;
        while (frame is not null && (frame.Lock != this || frame.Fate != Fate.Held))
        {
            frame = frame.Outer;
        }

        return frame;
    }

    private ModelFrame? OccupantOf(ModelFrame? place) => _held.Find(frame => PlaceOf(frame) == place);

    private LockHolder Describe(ModelFrame? place, TimeSpan now)
    {
        var occupant = OccupantOf(place)!;
        var since = new DateTimeOffset(occupant.GrantedAt.Ticks, TimeSpan.Zero);
        return new LockHolder(occupant.Member, occupant.Flow, since, now - occupant.GrantedAt, _waiting.Count(waiter => PlaceOf(waiter) == place));
    }

    private static ModelFrame? PlaceOf(ModelFrame frame)
    {
        var place = frame.Container;
        while (place is { Fate: not Fate.Held })
        {
            place = place.Container;
        }

        return place;
    }
}
