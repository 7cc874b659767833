namespace Connections.Native.SharedMemory;

/// <summary>The directory in which the processes of this user on this machine find each other: their locks, channels and sockets.</summary>
public static class UserDirectory
{
    /// <summary>Makes sure of it: <c>/dev/shm/connections-UID</c>, mode 0700, made if it is missing.</summary>
    /// <returns>Its path.</returns>
    /// <exception cref="SharedMemoryException">It cannot be made, or another user can look into it.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux.</exception>
    public static string Prepare() => OperatingSystem.IsLinux()
        ? SegmentDirectory.Prepare(chosen: null)
        : throw new PlatformNotSupportedException("What processes share has its place in /dev/shm, which only Linux has.");
}
