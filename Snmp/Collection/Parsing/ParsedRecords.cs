namespace Connections.Snmp.Collection.Parsing;

/// <summary>The records of a block, or those of one root, as two parsers read them one by one, without allocating anything.</summary>
public readonly ref struct ParsedRecords<TIndexParser, TIndex, TValueParser, TValue>
    where TIndexParser : struct, IIndexParser<TIndex>
    where TValueParser : struct, IValueParser<TValue>
{
    private readonly ResultRuns _runs;
    private readonly IndexParser<TIndexParser, TIndex> _index;
    private readonly ValueParser<TValueParser, TValue> _value;
    private readonly int _root;

    internal ParsedRecords(ResultRuns runs, IndexParser<TIndexParser, TIndex> index, ValueParser<TValueParser, TValue> value, int root)
    {
        _runs = runs;
        _index = index;
        _value = value;
        _root = root;
    }

    /// <summary>Goes through the records.</summary>
    public Enumerator GetEnumerator() => new(_runs.GetEnumerator(), _index, _value, _root);

    /// <summary>Goes through the records.</summary>
    public ref struct Enumerator
    {
        private readonly IndexParser<TIndexParser, TIndex> _index;
        private readonly ValueParser<TValueParser, TValue> _value;
        private readonly int _root;
        private ResultRuns.Enumerator _runs;
        private ResultRun.Enumerator _records;
        private int _request;
        private ParsedRecord<TIndex, TValue> _current;

        internal Enumerator(
            ResultRuns.Enumerator runs, IndexParser<TIndexParser, TIndex> index, ValueParser<TValueParser, TValue> value, int root)
        {
            _runs = runs;
            _index = index;
            _value = value;
            _root = root;
        }

        /// <summary>The record that was reached.</summary>
        public readonly ParsedRecord<TIndex, TValue> Current => _current;

        /// <summary>Goes to the next record.</summary>
        /// <returns>Whether there is one.</returns>
        public bool MoveNext()
        {
            while (true)
            {
                while (_records.MoveNext())
                {
                    var record = _records.Current;
                    if (_root < 0 || record.Root == _root)
                    {
                        Parse(record);
                        return true;
                    }
                }

                if (!_runs.MoveNext())
                {
                    return false;
                }

                _request = _runs.Current.Request;
                _records = _runs.Current.GetEnumerator();
            }
        }

        private void Parse(ResultRecord record)
        {
            var indexFailure = _index.Parse(record.Index, out var index);
            var valueFailure = _value.Parse(record.Type, record.Value, out var value);
            _current = new(_request, record.Root, index, value, indexFailure, valueFailure);
        }
    }
}
