using Connections.Native.SharedMemory.Rings;

namespace Connections.Native.SharedMemory;

/// <summary>How a channel between two processes is made, and how it waits. The listener's capacity and greatest message hold for both sides.</summary>
public sealed record SharedChannelOptions
{
    /// <summary>
    /// The bytes of memory that messages of one direction may take while they are on their way: a power of two from 4 KiB to 256 MiB, 128 KiB by
    /// default, reserved when the channel is made. Longer messages go through it piece by piece. Only the listener's counts.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of these.</exception>
    public int Capacity
    {
        get;
        init => field = RingLayout.IsCapacity(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"The capacity must be a power of two from {RingLayout.LeastCapacity} to {RingLayout.GreatestCapacity}.");
    } = 1 << 17;

    /// <summary>
    /// The length in bytes of the longest message, 64 MiB by default. The listener's counts for both directions; who connects refuses a listener
    /// whose limit is above its own.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, or above 1 GiB.</exception>
    public int MaximumMessageLength
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1 << 30);
            field = value;
        }
    } = 1 << 26;

    /// <summary>
    /// How long to wait for the other process without sleeping; 30 µs by default, about the cost of falling asleep and being woken. Zero for
    /// never. Where there is one processor, and where spinning has been in vain lately, there is none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan SpinBudget
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromMicroseconds(30);

    internal static SharedChannelOptions Default { get; } = new();
}
