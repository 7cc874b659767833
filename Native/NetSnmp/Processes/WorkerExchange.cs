using Connections.Native.Rpc;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;
using Connections.Snmp.Engine;

namespace Connections.NetSnmp.Processes;

/// <summary>Carries a connection's requests to its worker process, and tells the connection once that process is gone.</summary>
internal sealed class WorkerExchange : ISnmpExchange, IAsyncDisposable
{
    private readonly WorkerProcess _worker;
    private readonly SnmpTarget _agent;
    private readonly TimeSpan _grace;
    private readonly Action<Exception> _fault;
    private readonly Task _watch;

    /// <param name="worker">The process, which this object owns from now on.</param>
    /// <param name="agent">The agent with its user, for messages.</param>
    /// <param name="grace">How long past the agent's time the process may be silent.</param>
    /// <param name="fault">Is told why the process can no longer be used.</param>
    internal WorkerExchange(WorkerProcess worker, SnmpTarget agent, TimeSpan grace, Action<Exception> fault)
    {
        _worker = worker;
        _agent = agent;
        _grace = grace;
        _fault = fault;
        _watch = WatchAsync();
    }

    internal int ProcessId => _worker.Id;

    public ValueTask<ExchangeReply> ExchangeAsync(ReadOnlySpan<byte> message, ExchangeAttempt attempt, CancellationToken cancellationToken)
    {
        var milliseconds = (uint)Math.Clamp(attempt.TimeoutMilliseconds, 1, int.MaxValue);
        return ExchangeAsync(new WorkerRequest(milliseconds, attempt.IsRepeated).Join(message), milliseconds, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync().ConfigureAwait(false);

        // What it tells the connection must not come when that has another process already.
        await _watch.ConfigureAwait(false);
    }

    private async ValueTask<ExchangeReply> ExchangeAsync(byte[] frame, uint milliseconds, CancellationToken cancellationToken)
    {
        // The library may have to open its session first, which takes as long at most.
        var limit = TimeSpan.FromMilliseconds(2.0 * milliseconds) + _grace;
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        try
        {
            var reply = await _worker.ExchangeAsync(frame, timer.Token).ConfigureAwait(false);
            return AgentReply.Judge(_agent, reply);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw GiveUp(limit);
        }
        catch (ServerDiedException error)
        {
            _fault(error);
            throw;
        }
    }

    private SnmpTimeoutException GiveUp(TimeSpan limit)
    {
        var error = new SnmpTimeoutException(
            _agent, 1, limit, $"its worker process {_worker.Id} did not answer either, though it should have done so before; it was stopped or stuck, and has been ended");
        _fault(error);
        _worker.Kill();
        return error;
    }

    private async Task WatchAsync()
    {
        await _worker.Exited.ConfigureAwait(false);
        if (!_worker.IsEnding)
        {
            _fault(_worker.Died());
        }
    }
}
