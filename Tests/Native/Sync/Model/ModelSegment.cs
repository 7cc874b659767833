using System.Runtime.CompilerServices;
using Connections.Native.Sync.Protocol;

namespace Connections.Native.Tests.Sync.Model;

/// <summary>The shared memory of one lock, and what an onlooker knows of it.</summary>
internal struct ModelSegment
{
    public const int MaximumSlots = 4;

    public bool Exists;
    public LockWord Word;
    public Identities Slots;

    /// <summary>Which process took the lock last.</summary>
    public byte Taker;

    /// <summary>Whether the lock was lost by its owner and nobody has taken it since.</summary>
    public bool IsLost;

    [InlineArray(MaximumSlots)]
    public struct Identities
    {
        private ulong _first;
    }
}
