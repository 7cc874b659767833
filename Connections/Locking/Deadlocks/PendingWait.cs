using System.Globalization;

namespace Connections.Locking.Deadlocks;

/// <summary>
/// A wait and the frames of which one must be left before it can end, as they were at one moment. Frames only move forward in their
/// life, so an equal pair seen twice stood all the time between.
/// </summary>
/// <param name="wait">The wait.</param>
/// <param name="holders">One frame for a lock; for a pool the holders of all its workers.</param>
internal sealed class PendingWait(IWait wait, IReadOnlyList<AmbientFrame> holders) : IEquatable<PendingWait>
{
    public IWait Wait { get; } = wait;

    public IReadOnlyList<AmbientFrame> Holders { get; } = holders;

    /// <summary>The wait in words.</summary>
    public string Describe()
    {
        var holders = string.Join(", ", Holders.Select(static holder => string.Create(
            CultureInfo.InvariantCulture, $"{holder.Member} has held for {holder.HeldFor.TotalSeconds:0.###} s")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Wait.Frame.Member} has waited {Wait.Waited.TotalSeconds:0.###} s for {Wait.Wanted}, which {holders}");
    }

    public bool Equals(PendingWait? other) =>
        other is not null && ReferenceEquals(Wait, other.Wait) && Holders.SequenceEqual(other.Holders, ReferenceEqualityComparer.Instance);

    public override bool Equals(object? obj) => Equals(obj as PendingWait);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Wait);
}
