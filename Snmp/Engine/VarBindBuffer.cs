using System.Collections;
using Connections.Snmp.Protocol;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Snmp.Engine;

/// <summary>
/// The varbinds of one burst of a walk, in chunks that are used again once somebody who knows that nobody reads them any more says so. A list that its caller may keep is
/// never given back. One thread at a time uses it.
/// </summary>
internal sealed class VarBindBuffer : IReadOnlyList<VarBind>
{
    private const int ChunkBits = 6;
    private const int ChunkLength = 1 << ChunkBits;
    private const int UsualChunks = 8;

    // 4 KB each, so that an idle process keeps 16 MB at most.
    private const int KeptChunks = 4_096;

    private static readonly DefaultObjectPool<VarBind[]> Chunks = new(new ChunkPolicy(), KeptChunks);

    private VarBind[][] _chunks = [];
    private int _chunkCount;

    public int Count { get; private set; }

    public VarBind this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _chunks[index >> ChunkBits][index & (ChunkLength - 1)];
        }
    }

    internal void Add(in VarBind varBind)
    {
        if (Count == _chunkCount << ChunkBits)
        {
            AddChunk();
        }

        _chunks[Count >> ChunkBits][Count & (ChunkLength - 1)] = varBind;
        Count++;
    }

    /// <summary>Drops what was added past the first <paramref name="count"/>.</summary>
    internal void Truncate(int count)
    {
        Count = count;
        var kept = (count + ChunkLength - 1) >> ChunkBits;
        while (_chunkCount > kept)
        {
            // The pool would keep what the varbinds refer to.
            var chunk = _chunks[--_chunkCount];
            Array.Clear(chunk);
            Chunks.Return(chunk);
        }
    }

    /// <summary>Gives all chunks back. Nobody may read the varbinds from here on.</summary>
    internal void Release() => Truncate(0);

    public IEnumerator<VarBind> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void AddChunk()
    {
        if (_chunkCount == _chunks.Length)
        {
            Array.Resize(ref _chunks, Math.Max(_chunkCount * 2, UsualChunks));
        }

        _chunks[_chunkCount++] = Chunks.Get();
    }

    private sealed class ChunkPolicy : PooledObjectPolicy<VarBind[]>
    {
        public override VarBind[] Create() => new VarBind[ChunkLength];

        public override bool Return(VarBind[] obj) => true;
    }
}
