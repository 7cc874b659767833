using System.Buffers.Binary;

namespace Connections.Native.Tests.Sync.Processes;

/// <summary>A file that only the owner of a lock may touch: who is inside, and how often somebody was.</summary>
internal sealed class Arena(string path) : IDisposable
{
    private const int Size = 2 * sizeof(long);

    private readonly FileStream _file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    /// <summary>How often somebody else was inside too.</summary>
    public int Overlaps { get; private set; }

    /// <summary>How often all together were inside.</summary>
    public long Entries => Read().Entries;

    /// <summary>Goes in, stays a moment, and goes out.</summary>
    /// <param name="mayBeLittered">Whether one may have died inside.</param>
    public void Enter(bool mayBeLittered)
    {
        var (inside, entries) = Read();
        Overlaps += inside != 0 && !mayBeLittered ? 1 : 0;
        Write(Environment.ProcessId, entries);
        Thread.Yield();
        var now = Read();
        Overlaps += now == (Environment.ProcessId, entries) ? 0 : 1;
        Write(0, entries + 1);
    }

    public void Dispose() => _file.Dispose();

    private (long Inside, long Entries) Read()
    {
        Span<byte> bytes = stackalloc byte[Size];
        RandomAccess.Read(_file.SafeFileHandle, bytes, 0);
        return (BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[sizeof(long)..]));
    }

    private void Write(long inside, long entries)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, inside);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(long)..], entries);
        RandomAccess.Write(_file.SafeFileHandle, bytes, 0);
    }
}
