namespace Connections.Native.SharedMemory.Rings;

/// <summary>
/// Where what is of a ring in a channel's memory. First come the control words of both rings, each word that one side writes and the other
/// reads with a pair of cache lines of its own, since processors fetch lines in pairs; then the bytes of one ring, and those of the other.
/// </summary>
internal static class RingLayout
{
    /// <summary>Every record begins at a multiple of this.</summary>
    public const int Alignment = 8;

    /// <summary>The bytes before each message, which tell its length.</summary>
    public const int LengthSize = sizeof(ulong);

    /// <summary>The least and the greatest number of bytes in a ring: a power of two between them.</summary>
    public const int LeastCapacity = 4096;
    public const int GreatestCapacity = 1 << 28;

    /// <summary>How many bytes have been written in all, as a position that only grows.</summary>
    public const int Tail = 0;

    /// <summary>Not zero once the writer will write no more; with <see cref="Tail"/>, since the reader looks at both.</summary>
    public const int Ended = 8;

    /// <summary>How many bytes have been read in all.</summary>
    public const int Head = 128;

    /// <summary>Whether the reader sleeps: see <see cref="ParkingWord"/>.</summary>
    public const int ReaderParking = 256;

    /// <summary>Whether the writer sleeps.</summary>
    public const int WriterParking = 384;

    /// <summary>The control words of one ring.</summary>
    public const int ControlSize = 512;

    /// <summary>Where the bytes of the rings begin.</summary>
    public const int DataStart = 4096;

    /// <summary>The size of a channel's memory.</summary>
    public static int SizeOf(int capacity) => DataStart + (2 * capacity);

    /// <summary>A length, rounded up to where the next record begins.</summary>
    public static int Align(int length) => (length + Alignment - 1) & ~(Alignment - 1);

    /// <summary>Whether a ring can have so many bytes.</summary>
    public static bool IsCapacity(long capacity) =>
        capacity is >= LeastCapacity and <= GreatestCapacity && (capacity & (capacity - 1)) == 0;
}
