namespace Connections.Pooling;

/// <summary>Why a worker cannot simply be put back; set under the pool's mutex only.</summary>
[Flags]
internal enum SlotMarks
{
    None = 0,

    /// <summary>Its holder found it broken.</summary>
    Broken = 1,

    /// <summary>Its holder changed its state.</summary>
    Changed = 2,

    /// <summary>It has lived, or served, for as long as it may.</summary>
    Aged = 4,

    /// <summary>It is of a generation that was cleared.</summary>
    Stale = 8,
}
