using System.Text;
using Connections.Native.Rpc;
using Connections.NetSnmp.Worker.Messages;
using Connections.Pooling;
using Connections.Snmp;
using Connections.Snmp.Engine;

namespace Connections.NetSnmp.Sharing;

/// <summary>Carries requests to a pool of another process, where each goes to whichever worker is free. Thread-safe.</summary>
/// <param name="call">Sends a frame and waits for the reply.</param>
/// <param name="agent">The agent, for messages, with its user if he is known here.</param>
internal sealed class SharedExchange(Func<ReadOnlyMemory<byte>, CancellationToken, Task<byte[]>> call, SnmpTarget agent) : ISnmpExchange
{
    public ValueTask<ExchangeReply> ExchangeAsync(ReadOnlySpan<byte> message, ExchangeAttempt attempt, CancellationToken cancellationToken)
    {
        var milliseconds = (uint)Math.Clamp(attempt.TimeoutMilliseconds, 1, SharedSnmpConnection.LongestAttempt);
        return ExchangeAsync(new WorkerRequest(milliseconds, attempt.IsRepeated).Join(message), cancellationToken);
    }

    private async ValueTask<ExchangeReply> ExchangeAsync(byte[] frame, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(token => call(frame, token), cancellationToken).ConfigureAwait(false);
        return WorkerReply.Read(reply, out var content) switch
        {
            WorkerOutcome.Answered => new(ExchangeOutcome.Answered, content),
            WorkerOutcome.TimedOut => new(ExchangeOutcome.TimedOut, default, Encoding.UTF8.GetString(content.Span)),
            _ => throw PoolFault.Read(content.Span, agent),
        };
    }

    /// <summary>Asks something of the other process, whose silence and end are told in the words of pools.</summary>
    public async ValueTask<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcTimeoutException error) when (error.WasQueued)
        {
            throw new PoolTimeoutException(
                $"No worker of the shared {Pool} became free in time, for calls of all processes that use it are served first come first served. {error.Message} "
                + "Make the pool larger, or wait longer; 'connections serve --status' tells how it stands.", error)
            { Alias = agent.Alias, Device = agent.Device };
        }
        catch (NoServerException error)
        {
            throw new NotConnectedException(
                $"No process serves the shared {Pool} any more. Start 'connections serve' with the testbed, or leave out 'shared' to connect directly.", error)
            {
                Alias = agent.Alias,
                Device = agent.Device,
                IsTransient = true,
            };
        }
        catch (ServerDiedException error)
        {
            throw new ServerDiedException(
                $"The process that has the shared {Pool} ended before it had answered. Whether the agent has carried out the request is not known.", error)
            {
                Alias = agent.Alias,
                Device = agent.Device,
            };
        }
    }

    private string Pool => $"pool '{agent.Alias}' of device '{agent.Device}'";
}
