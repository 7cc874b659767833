namespace Connections.Native.SharedMemory.Doorbells;

/// <summary>What waits for something to happen at a socket.</summary>
internal interface IDoorbellTarget
{
    /// <summary>
    /// Something has happened, or may have: a byte, a connection, the end of the peer. Called on the doorbell's thread, which serves all: it must
    /// neither wait nor throw.
    /// </summary>
    void OnRing();
}
