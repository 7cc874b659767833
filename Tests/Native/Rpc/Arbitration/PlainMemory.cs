using System.Runtime.InteropServices;
using Connections.Native.Rpc.Arbitration;
using Connections.Native.SharedMemory;

namespace Connections.Native.Tests.Rpc.Arbitration;

/// <summary>The memory of a registry in which one process does one thing after the other, and a test writes anything. Odd identities are alive.</summary>
internal sealed class PlainMemory : IRegistryMemory
{
    // Of every ticket all others are looked at, and all seats with what their servers serve; with as much again to spare.
    private const int MostReads = 2 * RegistryLayout.MostTickets
        * (RegistryLayout.MostTickets + (RegistryLayout.MostServers * (RegistryLayout.MostSeats + RegistryLayout.MostContracts)));

    private readonly ulong[] _words = new ulong[RegistryLayout.Words];
    private int _reads;

    public Span<byte> Bytes => MemoryMarshal.AsBytes(_words.AsSpan());

    /// <summary>A copy of all words.</summary>
    public ulong[] Save() => [.. _words];

    public void Restore(ulong[] words) => words.CopyTo(_words, 0);

    /// <summary>Begins to count anew.</summary>
    public void ForgetReads() => _reads = 0;

    public ulong Read(int word) => At(word);

    public void Write(int word, ulong value) => At(word) = value;

    public bool TryReplace(int word, ulong expected, ulong value)
    {
        ref var found = ref At(word);
        if (found != expected)
        {
            return false;
        }

        found = value;
        return true;
    }

    public SharedMemoryException Damage(string what) => new(what);

    public bool IsAlive(ulong identity) => identity % 2 == 1;

    public void Wake(int bell) => At(bell);

    public void Enter()
    {
    }

    public bool TryEnter() => true;

    public void Exit()
    {
    }

    // A negative word is refused as others refuse it; any other one that is outside ends the test.
    private ref ulong At(int word)
    {
        if (word < 0)
        {
            throw Damage("nowhere");
        }

        if (++_reads > MostReads)
        {
            throw new InvalidOperationException("No end is in sight.");
        }

        return ref _words[word];
    }
}
