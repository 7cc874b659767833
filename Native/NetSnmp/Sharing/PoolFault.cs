using System.Text.Json;
using Connections.Native.Rpc;
using Connections.NetSnmp.Worker.Messages;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Snmp.Protocol.Usm;

namespace Connections.NetSnmp.Sharing;

/// <summary>An error on its way from the process that has a pool to the one that has called.</summary>
internal sealed record PoolFault
{
    /// <summary>Its type.</summary>
    public required PoolFaultKind Kind { get; init; }

    /// <summary>Its whole message.</summary>
    public required string Message { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>What the agent has against the user, for <see cref="PoolFaultKind.User"/>.</summary>
    public int Refusal { get; init; }

    /// <summary>A worker's reply that tells of an error.</summary>
    /// <returns><see langword="null"/> for an error that only its name and message are left of.</returns>
    public static byte[]? ReplyOf(Exception error) => error switch
    {
        SnmpTimeoutException timeout => WorkerReply.Of(WorkerOutcome.TimedOut, timeout.Hint),
        _ when KindOf(error) is { } kind => WorkerReply.Of(WorkerOutcome.Failed, JsonSerializer.Serialize(
            new PoolFault
            {
                Kind = kind,
                Message = error.Message,
                IsTransient = ((IConnectionError)error).IsTransient,
                Refusal = (int)RefusalOf(error),
            },
            SharingJson.Default.PoolFault)),
        _ => null,
    };

    /// <summary>The error that a reply tells of.</summary>
    /// <param name="reply">The content of a reply.</param>
    /// <param name="agent">The agent, with its user if this process knows him.</param>
    /// <exception cref="JsonException">It is no such reply.</exception>
    public static Exception Read(ReadOnlySpan<byte> reply, SnmpTarget agent)
    {
        var fault = JsonSerializer.Deserialize(reply, SharingJson.Default.PoolFault) ?? throw new JsonException("There is no error.");
        return fault.ToException(agent);
    }

    private Exception ToException(SnmpTarget agent) => Kind switch
    {
        PoolFaultKind.User when agent.Options.User is not null => SnmpAuthenticationException.From(agent, (UsmOutcome)Refusal),
        PoolFaultKind.PoolTimeout => new PoolTimeoutException(Message) { Alias = agent.Alias, Device = agent.Device },
        PoolFaultKind.NotConnected => new NotConnectedException(Message) { Alias = agent.Alias, Device = agent.Device, IsTransient = IsTransient },
        PoolFaultKind.ConnectFailed => new ConnectFailedException(Message) { Alias = agent.Alias, Device = agent.Device },
        PoolFaultKind.WorkerDied => new ServerDiedException(Message) { Alias = agent.Alias, Device = agent.Device },
        PoolFaultKind.Connection => new ConnectionException(Message) { Alias = agent.Alias, Device = agent.Device, IsTransient = IsTransient },
        _ => new SnmpException(Message) { Alias = agent.Alias, Device = agent.Device, IsTransient = IsTransient },
    };

    private static PoolFaultKind? KindOf(Exception error) => error switch
    {
        SnmpException => RefusalOf(error) == UsmOutcome.Accepted ? PoolFaultKind.Snmp : PoolFaultKind.User,
        PoolTimeoutException => PoolFaultKind.PoolTimeout,
        NotConnectedException => PoolFaultKind.NotConnected,
        ConnectFailedException => PoolFaultKind.ConnectFailed,
        ServerDiedException => PoolFaultKind.WorkerDied,
        ConnectionException => PoolFaultKind.Connection,
        _ => null,
    };

    private static UsmOutcome RefusalOf(Exception error) => error switch
    {
        SnmpWrongDigestException => UsmOutcome.WrongDigest,
        SnmpUnknownUserException => UsmOutcome.UnknownUserName,
        SnmpNotInTimeWindowException => UsmOutcome.NotInTimeWindow,
        SnmpUnsupportedSecurityLevelException => UsmOutcome.UnsupportedSecurityLevel,
        SnmpDecryptionException => UsmOutcome.DecryptionError,
        SnmpUnknownEngineException => UsmOutcome.UnknownEngineId,
        SnmpUnknownContextException context => context.IsTransient ? UsmOutcome.UnavailableContext : UsmOutcome.UnknownContext,
        _ => UsmOutcome.Accepted,
    };
}
