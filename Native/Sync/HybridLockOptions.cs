namespace Connections.Native.Sync;

/// <summary>How a <see cref="HybridLock"/> is made, and how it waits.</summary>
public sealed record HybridLockOptions
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// 1 (the default) for a lock that is free at first, 0 for one that its maker owns from the start. Has no effect on a lock that exists.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is neither.</exception>
    public int InitialValue
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>
    /// Who may use a lock that is made: the mode of its file, whatever mask the process has. 0600 by default: this user alone. Others need
    /// to read and write, and a <see cref="Directory"/> that they can reach.
    /// </summary>
    public UnixFileMode Permissions { get; init; } = OwnerOnly;

    /// <summary>
    /// The directory of the lock's file; null (the default) for <c>/dev/shm/connections-UID</c>, mode 0700, which every process of this user
    /// comes to, and no other user. Another one must exist, in a file system that can map files shared and make unnamed ones, such as tmpfs,
    /// and its users must trust each other: who may open a lock's file can damage it.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>
    /// How long to wait for a lock without sleeping; 30 µs by default, about the cost of falling asleep and being woken. Zero for never.
    /// Where there is one processor, and where spinning has been in vain lately, there is none.
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

    internal bool IsForOthers => (Permissions & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0;
}
