using System.Text;
using Connections.Native.Rpc;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;
using Connections.Snmp.Engine;
using Connections.Snmp.Protocol;
using Connections.Snmp.Protocol.Usm;

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
            return Judge(reply);
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

    private ExchangeReply Judge(byte[] reply)
    {
        var outcome = WorkerReply.Read(reply, out var content);
        return outcome switch
        {
            WorkerOutcome.Answered => new(ExchangeOutcome.Answered, content),
            WorkerOutcome.Reported => throw SnmpAuthenticationException.From(_agent, OutcomeOf(content.Span)),
            WorkerOutcome.TimedOut => new(ExchangeOutcome.TimedOut, default, Silence),
            WorkerOutcome.Lost => new(ExchangeOutcome.Lost, default, LostHint(content.Span)),
            _ => throw new SnmpException($"{_agent}: Net-SNMP cannot carry out the request: {Encoding.UTF8.GetString(content.Span).TrimEnd('.')}.")
            {
                Device = _agent.Device,
                Alias = _agent.Alias,
            },
        };
    }

    private SnmpTimeoutException GiveUp(TimeSpan limit)
    {
        var error = new SnmpTimeoutException(
            _agent, 1, limit, $"its worker process {_worker.Id} did not answer either, though it should have done so before; it was stopped or stuck, and has been ended");
        _fault(error);
        _worker.Kill();
        return error;
    }

    private string Silence => _agent.Options.User is { } user
        ? $"the host may be down, a firewall may drop the packets, or it is the privacy password, key or protocol, or the context '{user.ContextName}', "
            + $"of user '{user.Name}' that is wrong, which agents answer with silence"
        : "the host may be down, a firewall may drop the packets, or the community may be wrong, which agents answer with silence";

    private static string LostHint(ReadOnlySpan<byte> reason) =>
        $"the connection was refused or ended before an answer came ({Encoding.UTF8.GetString(reason)}); what was to be set may be set all the same, and an agent "
        + "may close on whom it does not serve";

    private static UsmOutcome OutcomeOf(ReadOnlySpan<byte> report)
    {
        _ = SnmpMessageReader.TryRead(report, out var header);
        return ReportCounters.Identify(header) switch
        {
            ReportKind.UnsupportedSecurityLevel => UsmOutcome.UnsupportedSecurityLevel,
            ReportKind.NotInTimeWindow => UsmOutcome.NotInTimeWindow,
            ReportKind.UnknownUserName => UsmOutcome.UnknownUserName,
            ReportKind.UnknownEngineId => UsmOutcome.UnknownEngineId,
            ReportKind.WrongDigest => UsmOutcome.WrongDigest,
            ReportKind.DecryptionError => UsmOutcome.DecryptionError,
            ReportKind.UnknownContext => UsmOutcome.UnknownContext,
            ReportKind.UnavailableContext => UsmOutcome.UnavailableContext,
            _ => UsmOutcome.OtherReport,
        };
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
