using System.Buffers.Binary;

namespace Connections.Snmp.Collection;

/// <summary>The runs of a block, where they stand in it.</summary>
public readonly ref struct ResultRuns
{
    private readonly ReadOnlySpan<byte> _octets;
    private readonly ReadOnlySpan<CollectShape> _shapes;

    internal ResultRuns(ReadOnlySpan<byte> octets, ReadOnlySpan<CollectShape> shapes)
    {
        _octets = octets;
        _shapes = shapes;
    }

    /// <summary>Goes through the runs.</summary>
    public Enumerator GetEnumerator() => new(_octets, _shapes);

    /// <summary>Goes through the runs of a block.</summary>
    public ref struct Enumerator
    {
        private readonly ReadOnlySpan<CollectShape> _shapes;
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _current;

        internal Enumerator(ReadOnlySpan<byte> runs, ReadOnlySpan<CollectShape> shapes)
        {
            _rest = runs;
            _shapes = shapes;
        }

        /// <summary>The run that was reached.</summary>
        public readonly ResultRun Current =>
            new(_current, _shapes[BinaryPrimitives.ReadInt32LittleEndian(_current[BlockLayout.RunRequestAt..])]);

        /// <summary>Goes to the next run.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var length = BlockLayout.RunHeaderLength + BinaryPrimitives.ReadInt32LittleEndian(_rest);
            _current = _rest[..length];
            _rest = _rest[length..];
            return true;
        }
    }
}
