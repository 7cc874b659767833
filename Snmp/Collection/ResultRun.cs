using System.Buffers.Binary;

namespace Connections.Snmp.Collection;

/// <summary>Records of one request that came at one time, such as those of one reply, where they stand in their block.</summary>
public readonly ref struct ResultRun
{
    private readonly ReadOnlySpan<byte> _octets;
    private readonly CollectShape _shape;

    internal ResultRun(ReadOnlySpan<byte> octets, CollectShape shape)
    {
        _octets = octets;
        _shape = shape;
    }

    /// <summary>How many records there are, at least 1.</summary>
    public int Count => BinaryPrimitives.ReadInt32LittleEndian(_octets[BlockLayout.RunRecordCountAt..]);

    /// <summary>Which of <see cref="ResultBlock.Requests"/> they belong to.</summary>
    public int Request => BinaryPrimitives.ReadInt32LittleEndian(_octets[BlockLayout.RunRequestAt..]);

    /// <summary>What the request asked for.</summary>
    public CollectShape Shape => _shape;

    /// <summary>When they came, to the microsecond.</summary>
    public DateTimeOffset Timestamp => BlockText.FromMicroseconds(BinaryPrimitives.ReadInt64LittleEndian(_octets[BlockLayout.RunTimestampAt..]));

    /// <summary>Goes through the records.</summary>
    public Enumerator GetEnumerator() => new(_octets[BlockLayout.RunHeaderLength..], _shape);

    /// <summary>Goes through the records of a run.</summary>
    public ref struct Enumerator
    {
        private readonly CollectShape _shape;
        private ReadOnlySpan<byte> _rest;
        private ReadOnlySpan<byte> _current;

        internal Enumerator(ReadOnlySpan<byte> records, CollectShape shape)
        {
            _rest = records;
            _shape = shape;
        }

        /// <summary>The record that was reached.</summary>
        public readonly ResultRecord Current => new(_current, _shape);

        /// <summary>Goes to the next record.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var length = (int)ResultRecord.LengthAt(_rest);
            _current = _rest[..length];
            _rest = _rest[length..];
            return true;
        }
    }
}
