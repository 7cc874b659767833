using System.Buffers;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Native.Rpc.Serialization;

/// <summary>Bytes that are being written into a pooled array; itself pooled.</summary>
internal sealed class PooledOutput : IBufferWriter<byte>
{
    private const int FirstSize = 1024;
    private static readonly DefaultObjectPool<PooledOutput> Pool = new(new DefaultPooledObjectPolicy<PooledOutput>());

    private byte[] _buffer = [];
    private int _length;

    /// <summary>What has been written.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    /// <summary>An empty one, to be given back by <see cref="Return"/>.</summary>
    public static PooledOutput Rent() => Pool.Get();

    /// <summary>Gives it back; what was written is gone.</summary>
    public void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        _length = 0;
        Pool.Return(this);
    }

    public void Advance(int count) => _length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private void Reserve(int count)
    {
        var needed = checked(_length + Math.Max(1, count));
        if (needed <= _buffer.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(needed, Math.Max(FirstSize, 2 * _buffer.Length)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
