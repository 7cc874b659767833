namespace Connections.Locking;

/// <summary>The life of an <see cref="AmbientFrame"/>; it only moves forward.</summary>
internal enum FrameState
{
    /// <summary>Asked for, not granted yet.</summary>
    Pending,

    /// <summary>Granted: what the frame stands for belongs to the flow that carries it.</summary>
    Held,

    /// <summary>Released, or given up before it was granted. Whoever still carries it walks past.</summary>
    Ended,
}
