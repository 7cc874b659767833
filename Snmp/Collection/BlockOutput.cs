using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Connections.Snmp.Collection;

/// <summary>
/// The block that is being written, which all requests share, and the full ones that wait to be read. Whoever writes a page holds the output from its beginning to its end;
/// nobody waits in between.
/// </summary>
internal sealed class BlockOutput : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CollectorOptions _options;
    private readonly Channel<ResultBlockWriter> _full = Channel.CreateUnbounded<ResultBlockWriter>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Stack<ResultBlockWriter> _free = [];
    private readonly ITimer _timer;
    private ResultBlockWriter _current = new();
    private TaskCompletionSource? _room;
    private int _unread;
    private long _sequence;
    private bool _isClosed;

    internal BlockOutput(CollectorOptions options)
    {
        _options = options;
        _timer = options.TimeProvider.CreateTimer(static output => ((BlockOutput)output!).HandOver(), this, options.Patience, options.Patience);
    }

    /// <summary>Whether the reader has few enough blocks before it that more may be asked for.</summary>
    internal bool HasRoom => Volatile.Read(ref _unread) < _options.MaxUnread;

    /// <summary>Completes once there is room, or the output is closed.</summary>
    internal Task WaitForRoomAsync()
    {
        lock (_gate)
        {
            if (HasRoom || _isClosed)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Holds the output until <see cref="Exit"/>, for one page or one end.</summary>
    internal ResultBlockWriter Enter()
    {
        _gate.Enter();
        return _current;
    }

    internal void Exit()
    {
        if (_current.IsFull)
        {
            Seal();
        }

        _gate.Exit();
    }

    /// <summary>Says that nothing more is written, or why not.</summary>
    internal void Complete(Exception? error = null)
    {
        lock (_gate)
        {
            if (!_current.IsEmpty)
            {
                Seal();
            }
        }

        _full.Writer.TryComplete(error);
    }

    /// <summary>Waits for a block to read.</summary>
    /// <returns>Whether there is one; there is none once the output is complete and all are read.</returns>
    internal ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken) => _full.Reader.WaitToReadAsync(cancellationToken);

    internal bool TryRead([NotNullWhen(true)] out ResultBlock? block)
    {
        block = null;
        if (!_full.Reader.TryRead(out var writer))
        {
            return false;
        }

        MakeRoom();
        block = writer.Complete(_sequence++, _options.Compresses);
        lock (_gate)
        {
            _free.Push(writer);
        }

        return true;
    }

    /// <summary>Lets those go on who wait for room, since nobody reads any more.</summary>
    internal void Close()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _isClosed = true;
            waiting = _room;
        }

        waiting?.TrySetResult();
    }

    /// <summary>Gives the memory back. Nobody writes or reads any more.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _current.Dispose();
        while (_full.Reader.TryRead(out var writer))
        {
            writer.Dispose();
        }
    }

    private void MakeRoom()
    {
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            _unread--;
            if (HasRoom)
            {
                (waiting, _room) = (_room, null);
            }
        }

        waiting?.TrySetResult();
    }

    // A reader that waits gets what there is.
    private void HandOver()
    {
        lock (_gate)
        {
            if (_unread == 0 && !_current.IsEmpty && !_isClosed)
            {
                Seal();
            }
        }
    }

    private void Seal()
    {
        Volatile.Write(ref _unread, _unread + 1);
        _full.Writer.TryWrite(_current);
        _current = _free.TryPop(out var writer) ? writer : new ResultBlockWriter();
    }
}
