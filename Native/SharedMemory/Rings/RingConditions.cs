using Connections.Native.Sync;

namespace Connections.Native.SharedMemory.Rings;

/// <summary>There is something to read.</summary>
internal readonly struct HasNews(RingReader reader) : ISpinCondition
{
    public bool IsMet => reader.HasNews;
}

/// <summary>So many bytes can be written.</summary>
internal readonly struct HasRoom(RingWriter writer, int bytes) : ISpinCondition
{
    public bool IsMet => writer.MayHaveRoom(bytes);
}
