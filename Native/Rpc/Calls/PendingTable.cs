namespace Connections.Native.Rpc.Calls;

/// <summary>
/// The calls of a connection that have been begun and not ended. Whoever takes one out, by its id, is the one who ends it. Thread-safe.
/// </summary>
internal sealed class PendingTable
{
    private const int FirstSize = 8;
    private const int IndexBits = 12;
    private const uint IndexMask = (1 << IndexBits) - 1;

    private readonly Lock _mutex = new();
    private readonly Stack<uint> _free = new();
    private Pending?[] _calls = new Pending?[FirstSize];
    private uint _generation;
    private uint _used;
    private volatile int _count;
    private Exception? _failure;

    /// <summary>How many there are.</summary>
    public int Count => _count;

    /// <summary>Puts one in and gives it an id.</summary>
    /// <exception cref="NotBegunException">The table is closed, or full.</exception>
    public void Add(Pending call)
    {
        lock (_mutex)
        {
            if (_failure is not null)
            {
                throw new NotBegunException(_failure.Message, _failure);
            }

            if (!_free.TryPop(out var index))
            {
                index = _used < Wire.Protocol.MostCalls
                    ? _used++
                    : throw new NotBegunException($"{Wire.Protocol.MostCalls} calls are under way on one connection, which is the most there can be.");
                if (index == _calls.Length)
                {
                    Array.Resize(ref _calls, 2 * _calls.Length);
                }
            }

            call.Id = (++_generation << IndexBits) | index;
            _calls[index] = call;
            _count++;
        }
    }

    /// <summary>Finds one, and leaves it in. Null if it has been taken out.</summary>
    public Pending? Find(uint id)
    {
        lock (_mutex)
        {
            return At(id);
        }
    }

    /// <summary>Takes one out. Null if another has.</summary>
    public Pending? Take(uint id)
    {
        lock (_mutex)
        {
            var call = At(id);
            if (call is not null)
            {
                _calls[id & IndexMask] = null;
                _free.Push(id & IndexMask);
                _count--;
            }

            return call;
        }
    }

    /// <summary>Takes out all, and lets none in any more. Empty if that was done before.</summary>
    public IReadOnlyList<Pending> Close(Exception failure)
    {
        lock (_mutex)
        {
            if (_failure is not null)
            {
                return [];
            }

            _failure = failure;
            var all = _calls.OfType<Pending>().ToList();
            Array.Clear(_calls);
            _count = 0;
            return all;
        }
    }

    private Pending? At(uint id) =>
        (id & IndexMask) is var index && index < _calls.Length && _calls[index] is { } call && call.Id == id ? call : null;
}
