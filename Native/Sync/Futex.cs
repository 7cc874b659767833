using System.Runtime.InteropServices;

namespace Connections.Native.Sync;

/// <summary>Sleeping on a word that processes share, and waking: futex(2). The word is the lower half of one of 64 bits.</summary>
internal static unsafe partial class Futex
{
    private const int WaitBitset = 9;
    private const int Wake = 1;
    private const uint AnyBit = uint.MaxValue;
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly nint Number = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        var other => throw new PlatformNotSupportedException($"Locks between processes need Linux on x64 or arm64, not on {other}."),
    };

    /// <summary>
    /// Sleeps while the word is as expected: until it is woken, or a time has come, or for no reason. The word is to be looked at again
    /// whatever was the cause.
    /// </summary>
    /// <param name="word">The word, in memory that is mapped for as long as the call lasts.</param>
    /// <param name="expected">Its lower half; if it is another by now, the call returns at once.</param>
    /// <param name="deadline">On the monotonic clock, in nanoseconds; see <see cref="MonotonicTime"/>.</param>
    public static void Sleep(ulong* word, uint expected, long deadline)
    {
        var (seconds, nanoseconds) = Math.DivRem(deadline, NanosecondsPerSecond);
        var until = new TimeSpecification { Seconds = seconds, Nanoseconds = nanoseconds };
        Call(Number, LowerHalf(word), WaitBitset, expected, &until, 0, AnyBit);
    }

    /// <summary>Wakes at most so many who sleep on the word, in whatever process.</summary>
    public static void WakeUp(ulong* word, int count) => Call(Number, LowerHalf(word), Wake, (uint)count, null, 0, 0);

    private static uint* LowerHalf(ulong* word) => (uint*)word + (BitConverter.IsLittleEndian ? 0 : 1);

    // Without FUTEX_PRIVATE_FLAG, since the word is in many processes.
    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint Call(nint number, uint* word, nint operation, nuint value, TimeSpecification* timeout, nint word2, nuint value3);
}
