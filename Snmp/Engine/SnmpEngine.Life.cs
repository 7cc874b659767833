using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using Connections.Snmp.Transport;
using Microsoft.Extensions.ObjectPool;

namespace Connections.Snmp.Engine;

// The thread and the sockets: from the first request to disposal, or to a failure that nobody can expect.
public sealed partial class SnmpEngine
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DefaultObjectPool<SendBatch> _sendBatches = new(new SendBatchPolicy());
    private IDatagramPoller? _poller;
    private ReceiveBatch? _received;
    private volatile EngineSocket[] _sockets = [];
    private volatile bool _isStopping;
    private volatile bool _isStopped;
    private Exception? _failure;

    /// <summary>Stops the engine: requests under way fail with <see cref="ObjectDisposedException"/>, and so do later ones.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isStopping = true;
            if (_poller is null)
            {
                _isStopped = true;
                _ended.TrySetResult();
            }

            _poller?.Wake();
        }

        await _ended.Task.ConfigureAwait(false);
        _metrics.Dispose();
    }

    private bool TryGetSocket(SnmpTarget target, [NotNullWhen(true)] out EngineSocket? socket, [NotNullWhen(false)] out Exception? error)
    {
        error = null;
        socket = FindSocket(target);
        if (socket is not null && !_isStopping)
        {
            return true;
        }

        try
        {
            socket = Open(target);
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or SnmpException)
        {
            error = e is SocketException
                ? new SnmpException($"{target}: this machine has no socket that sends from {target.Source}: {e.Message}", e)
                {
                    Device = target.Device,
                    Alias = target.Alias,
                }
                : e;
            return false;
        }
    }

    private EngineSocket? FindSocket(SnmpTarget target)
    {
        foreach (var socket in _sockets)
        {
            if (socket.Transport == target.Options.Transport && socket.Local.Equals(target.Source))
            {
                return socket;
            }
        }

        return null;
    }

    private EngineSocket Open(SnmpTarget target)
    {
        lock (_gate)
        {
            if (_failure is not null)
            {
                throw new SnmpException("The SNMP engine has failed: " + _failure.Message, _failure);
            }

            ObjectDisposedException.ThrowIf(_isStopping, this);
            if (FindSocket(target) is { } opened)
            {
                return opened;
            }

            var socket = CreateSocket(target.Source, target.Options.Transport);
            if (_poller is null)
            {
                StartThread();
            }

            _sockets = [.. _sockets, socket];

            // The thread does not wait for this socket yet.
            _poller!.Wake();
            return socket;
        }
    }

    private void StartThread()
    {
        _poller = DatagramTransport.CreatePoller(_options.PortableTransport);
        _received = new ReceiveBatch();
        RunOnNewThread();
    }

    private void RunOnNewThread()
    {
        new Thread(Run) { IsBackground = true, Name = "SNMP engine" }.UnsafeStart();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever it is, those who wait must hear of it.")]
    private void Run()
    {
        try
        {
            while (!_isStopping)
            {
                if (!TryRunRound())
                {
                    return;
                }
            }

            Stop(null);
        }
        catch (Exception error)
        {
            EngineLog.Failed(_options.Logger, error);
            Stop(error);
        }
    }

    private void Stop(Exception? failure)
    {
        lock (_gate)
        {
            _failure = failure;
            _isStopping = true;
        }

        // From here on, whoever submits looks after it himself; what came before is seen here.
        _isStopped = true;
        Interlocked.MemoryBarrier();
        AdoptSubmitted(Now);
        var waiting = _devices.Values.SelectMany(static device => device.AllWaiting());
        foreach (var operation in _table.All().Concat(_shortTable.All()).Concat(waiting).ToArray())
        {
            if (operation.IsInCustody)
            {
                Finish(operation, StopError());
            }
        }

        FailSubmitted();
        DispatchLast(Now);
        _keeper.Dispose();
        foreach (var user in _devices.Values.SelectMany(static device => device.AllUsers()))
        {
            user.Dispose();
        }

        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }

        _poller!.Dispose();
        _received!.Dispose();
        _ended.TrySetResult();
    }

    /// <summary>Fails what was submitted to an engine that has stopped. Any thread; each operation is met by one of them.</summary>
    private void FailSubmitted()
    {
        Fail(_submitted);
        Fail(_unsent);

        void Fail(OperationStack stack)
        {
            for (var operation = stack.TakeAll(); operation is not null;)
            {
                var next = stack.Next(operation);
                operation.Fail(StopError());
                ThreadPool.UnsafeQueueUserWorkItem(static failed => failed.Deliver(), operation, preferLocal: false);
                operation = next;
            }
        }
    }

    private Exception StopError() => _failure is null
        ? new ObjectDisposedException(nameof(SnmpEngine))
        : new SnmpException("The SNMP engine has failed: " + _failure.Message, _failure);

    private sealed class SendBatchPolicy : PooledObjectPolicy<SendBatch>
    {
        public override SendBatch Create() => new();

        public override bool Return(SendBatch obj) => true;
    }
}
