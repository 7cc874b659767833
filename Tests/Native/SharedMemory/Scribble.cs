namespace Connections.Native.Tests.SharedMemory;

/// <summary>What a hostile process writes into memory that it shares: mostly where it matters, and mostly what nearly fits.</summary>
internal static class Scribble
{
    /// <summary>Changes a few bytes or words.</summary>
    /// <param name="memory">The control words, and all that follows.</param>
    /// <param name="wordsThatMatter">Offsets of words that are read most.</param>
    public static void Over(Span<byte> memory, ReadOnlySpan<int> wordsThatMatter, Random random)
    {
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var offset = random.Next(3) == 0 ? random.Next(memory.Length / 8) * 8 : wordsThatMatter[random.Next(wordsThatMatter.Length)];
            var word = memory.Slice(offset, sizeof(ulong));
            var old = BitConverter.ToUInt64(word);
            var value = random.Next(8) switch
            {
                0 => 0UL,
                1 => ulong.MaxValue,
                2 => (ulong)random.NextInt64(),
                3 => old + (ulong)(long)random.Next(-16, 17),
                4 => old + (ulong)(8 * random.Next(0, 600)),
                5 => old ^ (1UL << random.Next(64)),
                6 => (ulong)random.Next(0, 10_000),
                _ => old - (ulong)(8 * random.Next(0, 600)),
            };
            BitConverter.TryWriteBytes(word, value);
        }
    }
}
