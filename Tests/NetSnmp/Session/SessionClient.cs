using Connections.NetSnmp.Processes;
using Connections.NetSnmp.Worker;
using Connections.NetSnmp.Worker.Binding;
using Connections.NetSnmp.Worker.Messages;
using Connections.Snmp;
using Connections.Snmp.Engine;

namespace Connections.NetSnmp.Tests.Session;

/// <summary>What a connection does, with its worker in this very process: for tests of many sessions, one after the other.</summary>
internal sealed class SessionClient : ISnmpClient, ISnmpExchange, IDisposable
{
    private static readonly SnmpEngine Scribe = new();

    private readonly WorkerService _service = new();
    private readonly SnmpTarget _agent;
    private readonly SnmpTarget _target;

    public SessionClient(SnmpTarget agent)
    {
        _agent = agent;
        _target = NetSnmpConnection.Unsecured(agent);
        var reply = _service.Configure(WorkerSetup.For(agent, NetSnmpLibrary.Names).ToBytes());
        Assert.That((WorkerOutcome)reply[0], Is.EqualTo(WorkerOutcome.Ready));
    }

    /// <summary>How often the worker was asked.</summary>
    public int Exchanges { get; private set; }

    public ValueTask<SnmpResponse> SendAsync(SnmpRequest request, CancellationToken cancellationToken = default) =>
        Scribe.SendAsync(_target, request, this, cancellationToken);

    public ValueTask<WalkResult> CollectAsync(WalkRequest request, CancellationToken cancellationToken = default) =>
        Scribe.CollectAsync(_target, request, this, cancellationToken);

    public ValueTask<ExchangeReply> ExchangeAsync(ReadOnlySpan<byte> message, ExchangeAttempt attempt, CancellationToken cancellationToken)
    {
        Exchanges++;
        var frame = new WorkerRequest((uint)attempt.TimeoutMilliseconds, attempt.IsRepeated).Join(message);
        var reply = _service.Exchange(frame, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(AgentReply.Judge(_agent, reply));
    }

    public void Dispose() => _service.Dispose();
}
