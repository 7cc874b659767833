using Connections.Snmp.Protocol;

namespace Connections.Snmp.Engine;

// Requests that something else than the engine's sockets carries: written, read and repeated by the same code, on the caller's own flow.
public sealed partial class SnmpEngine
{
    /// <inheritdoc cref="ISnmpClient.SendAsync"/>
    /// <param name="target">The agent, without the user that the exchange speaks for.</param>
    /// <param name="request">What to ask.</param>
    /// <param name="exchange">What carries it.</param>
    /// <param name="cancellationToken">Ends the wait at any moment.</param>
    internal ValueTask<SnmpResponse> SendAsync(SnmpTarget target, SnmpRequest request, ISnmpExchange exchange, CancellationToken cancellationToken)
    {
        if (request.Type == default)
        {
            throw new ArgumentException("The request is empty; make one with SnmpRequest.Get and its kin.", nameof(request));
        }

        if (request.Type == PduType.GetBulk && (target.Version == SnmpVersion.V1 || target.Options.Profile.LacksGetBulk))
        {
            return ValueTask.FromException<SnmpResponse>(NoBulk(target));
        }

        var operation = _sendOperations.Get();
        operation.Begin(target.Trying(request.Attempts), socket: null!, request, Now);
        return CarryAsync(operation, exchange, cancellationToken);
    }

    /// <inheritdoc cref="ISnmpClient.CollectAsync"/>
    /// <param name="target">The agent, without the user that the exchange speaks for.</param>
    /// <param name="request">The walk, where it stands, and how many replies to take at most.</param>
    /// <param name="exchange">What carries its requests.</param>
    /// <param name="cancellationToken">Ends the burst at any moment.</param>
    internal ValueTask<WalkResult> CollectAsync(SnmpTarget target, WalkRequest request, ISnmpExchange exchange, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Validate();
        if (request.Cursor.Rows >= request.MaxRows)
        {
            return ValueTask.FromResult(new WalkResult(new VarBindBuffer(), null));
        }

        var operation = _collectOperations.Get();
        operation.Begin(target.Trying(request.Attempts), socket: null!, request, Now);
        return CarryAsync(operation, exchange, cancellationToken);
    }

    private static async ValueTask<TResult> CarryAsync<TResult>(Operation<TResult> operation, ISnmpExchange exchange, CancellationToken cancellationToken)
    {
        try
        {
            while (await AskAsync(operation, exchange, cancellationToken).ConfigureAwait(false) == ReplyOutcome.Continues)
            {
                operation.PrepareNext(Now);
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The operation decides: a burst that has brought something returns that.
            operation.Fail(error);
        }

        operation.Deliver();
        return await operation.Task.ConfigureAwait(false);
    }

    /// <summary>Asks what the operation asks for now, as often as it may be asked.</summary>
    /// <exception cref="SnmpTimeoutException">No attempt brought an answer that is one.</exception>
    private static async ValueTask<ReplyOutcome> AskAsync(Operation operation, ISnmpExchange exchange, CancellationToken cancellationToken)
    {
        var isRepeated = false;
        for (var attempt = 1; ; attempt++)
        {
            var timeout = operation.AttemptLimit == 1 ? operation.Target.AllAttemptsTimeout : operation.Target.AttemptTimeouts[attempt - 1];
            var left = Math.Max(1, operation.DeadlineAt - Now);
            var reply = await exchange
                .ExchangeAsync(operation.Packet, new(Math.Min(timeout, left), isRepeated), cancellationToken).ConfigureAwait(false);
            if (reply.Outcome == ExchangeOutcome.Answered)
            {
                var outcome = Take(operation, reply.Message.Span);
                if (outcome is ReplyOutcome.Completed or ReplyOutcome.Continues)
                {
                    return outcome;
                }
            }

            var hint = reply.Outcome == ExchangeOutcome.Answered ? operation.Hint.Describe(operation.Target, null) : reply.Hint;
            if (attempt >= operation.AttemptLimit || Now >= operation.DeadlineAt || WaitedForAll(operation.Target, reply.Outcome))
            {
                throw new SnmpTimeoutException(operation.Target, attempt, TimeSpan.FromMilliseconds(Now - operation.StartedAt), hint);
            }

            isRepeated = !TryAskForLess(operation, out var isNewQuestion) || !isNewQuestion;
        }
    }

    private static ReplyOutcome Take(Operation operation, ReadOnlySpan<byte> message)
    {
        if (SnmpMessageReader.TryRead(message, out var header) != SnmpParseError.None)
        {
            operation.Hint.NoteUnparsable();
            return ReplyOutcome.Unparsable;
        }

        operation.Device.Sizing.NoteWhole(operation.PacketLength, message.Length);
        var outcome = operation.OnReply(header);
        switch (outcome)
        {
            case ReplyOutcome.Unparsable:
                operation.Hint.NoteUnparsable();
                break;
            case ReplyOutcome.BesideTheQuestion:
                operation.Hint.NoteOtherObjects();
                break;
        }

        return outcome;
    }

    // Over TCP nothing is lost while a connection lasts, so that one attempt has the time of all.
    private static bool WaitedForAll(SnmpTarget target, ExchangeOutcome outcome) =>
        target.Options.Transport == SnmpTransport.Tcp && outcome == ExchangeOutcome.TimedOut;

    private static bool TryAskForLess(Operation operation, out bool isNewQuestion)
    {
        isNewQuestion = false;
        if (operation.Target.Options.Transport == SnmpTransport.Tcp || !operation.TryShrink(out isNewQuestion))
        {
            return false;
        }

        operation.Rewrite();
        return true;
    }
}
