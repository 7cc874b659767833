namespace Connections.Native.Sync;

/// <summary>A time as the kernel has it: <c>struct timespec</c> of 64-bit systems.</summary>
internal struct TimeSpecification
{
    public long Seconds;
    public long Nanoseconds;
}
