namespace Connections.Native.Tests.Sync.Model;

/// <summary>A modelled process: what its threads share.</summary>
internal struct ModelProcess
{
    public bool IsDead;
    public bool IsLeaving;
    public sbyte Segment;
    public byte Slot;
}
