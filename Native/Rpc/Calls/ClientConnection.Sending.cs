using System.Runtime.CompilerServices;
using Connections.Native.Rpc.Serialization;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Calls;

internal sealed partial class ClientConnection
{
    /// <summary>
    /// Sends a call. While that cannot be done at once, what the server has to say is received, lest both sides wait for each other.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask BeginAsync(
        Pending call, uint method, Claim claim, EncodedBody body, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!_sending.Wait(0, CancellationToken.None))
        {
            Pump(call);
            await EnterSendingAsync(deadline, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            var send = StartSending(new Frame(FrameKind.Call, call.Id, method, (uint)claim.Seat, claim.Word), body.Bytes);
            if (send.IsCompleted)
            {
                await send.ConfigureAwait(false);
            }
            else
            {
                Pump(call);
                await FinishSendAsync(send.AsTask(), deadline, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (ConnectionLostException error)
        {
            throw Died(error);
        }
        finally
        {
            _sending.Release();
        }
    }

    private ValueTask StartSending(in Frame frame, ReadOnlyMemory<byte> body)
    {
        try
        {
            frame.Write(_head);
            return _channel.SendAsync(_head, body, CancellationToken.None);
        }
        catch (ArgumentException error)
        {
            // The server has a lower limit for messages.
            throw new NotSentException(error);
        }
    }

    private async ValueTask EnterSendingAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _sending.WaitAsync(deadline.Remaining, cancellationToken).ConfigureAwait(false))
            {
                throw new NotSentException(new RpcTimeoutException($"A call to {Peer} could not be sent in time: other calls were being sent."));
            }
        }
        catch (OperationCanceledException error)
        {
            throw new NotSentException(error);
        }
    }

    // The bytes are the caller's, who may change them as soon as the call has ended; a message that is half sent then is never finished.
    private async Task FinishSendAsync(Task send, Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            await send.WaitAsync(deadline.Remaining, Time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (!send.IsCompleted)
        {
            Fail(new ServerDiedException($"{Peer} did not take a message to its end, so the connection was ended.", error));
            await send.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw error is TimeoutException ? new RpcTimeoutException($"{Peer} did not take a call in time.", error) : error;
        }
    }

    /// <summary>Sends a frame that nobody waits for.</summary>
    internal void Tell(Frame frame) => _ = TellAsync(frame);

    private async Task TellAsync(Frame frame)
    {
        try
        {
            await _sending.WaitAsync().ConfigureAwait(false);
            try
            {
                if (IsUsable)
                {
                    frame.Write(_head);
                    await _channel.SendAsync(_head, default, CancellationToken.None).ConfigureAwait(false);
                }
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (ConnectionLostException error)
        {
            Died(error);
        }
    }

    private ServerDiedException Died(Exception? error = null)
    {
        var died = new ServerDiedException(
            $"{Peer} ended, or the connection to it broke, before it had answered{(error is null ? "." : $": {error.Message}")}", error);
        Fail(died);
        return died;
    }
}
