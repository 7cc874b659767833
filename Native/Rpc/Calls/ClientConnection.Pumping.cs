using System.Runtime.CompilerServices;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Calls;

// Who waits for an answer receives for all, on the thread that it has, until its own answer is there; then another goes on. So a call that
// is answered while its thread spins changes no thread at all. Nobody receives while nobody waits.
internal sealed partial class ClientConnection
{
    private readonly Action _resume;
    private int _isPumped;
    private ValueTaskAwaiter<ChannelMessage> _receiving;

    /// <summary>Receives, if nobody else does, until one has news, or there is nothing to receive at the moment.</summary>
    private void Pump(Pending own)
    {
        if (Interlocked.CompareExchange(ref _isPumped, 1, 0) == 0)
        {
            PumpOn(own);
        }
    }

    // The receiver has got a message, after a wait.
    private void Resume()
    {
        if (TryHandle(_receiving))
        {
            PumpOn(null);
        }
    }

    private void PumpOn(Pending? own)
    {
        do
        {
            while (own is null ? _calls.Count > 0 : !own.HasNews)
            {
                var receiving = AwaiterOf(StartReceiving());
                if (!receiving.IsCompleted)
                {
                    _receiving = receiving;
                    receiving.UnsafeOnCompleted(_resume);
                    return;
                }

                if (!TryHandle(receiving))
                {
                    return;
                }
            }

            // One who came meanwhile and saw that all is received for it must not be left alone.
            Interlocked.Exchange(ref _isPumped, 0);
            if (_calls.Count == 0 || Interlocked.CompareExchange(ref _isPumped, 1, 0) != 0)
            {
                return;
            }

            if (own is not null)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.PumpOn(null), this, preferLocal: false);
                return;
            }
        }
        while (true);
    }

    private static ValueTaskAwaiter<ChannelMessage> AwaiterOf(ValueTask<ChannelMessage> receive) => receive.GetAwaiter();

    // What is thrown at once is taken for what is thrown later.
    private ValueTask<ChannelMessage> StartReceiving()
    {
        try
        {
            return _channel.ReceiveAsync(CancellationToken.None);
        }
        catch (Exception error)
        {
            return ValueTask.FromException<ChannelMessage>(error);
        }
    }

    // False if the connection has ended, after which nobody receives any more.
    private bool TryHandle(ValueTaskAwaiter<ChannelMessage> received)
    {
        try
        {
            var message = received.GetResult();
            if (message.IsEnd)
            {
                Died();
                return false;
            }

            Handle(message);
            return true;
        }
        catch (RpcProtocolException error)
        {
            Fail(error);
        }
        catch (ConnectionLostException error)
        {
            Died(error);
        }
        catch (Exception error)
        {
            // Whoever receives does so for others too, perhaps on a thread where it would end the process: all who wait are told.
            Fail(error);
        }

        return false;
    }

    private void Handle(in ChannelMessage message)
    {
        var frame = Frame.Read(message.Bytes.Span);
        switch (frame.Kind)
        {
            case FrameKind.Result or FrameKind.Failure or FrameKind.Refusal when _calls.Take(frame.Call) is { } ended:
                End(ended, frame, message);
                break;
            case FrameKind.Item when _calls.Find(frame.Call) is { } stream:
                stream.AcceptItem(message);
                break;
            case FrameKind.Result or FrameKind.Failure or FrameKind.Refusal or FrameKind.Item:
                // The answer to a call that was given up.
                message.Return();
                break;
            default:
                message.Return();
                throw new RpcProtocolException($"{Peer} sent a frame of kind {frame.Kind}, which only clients send.");
        }
    }

    private static void End(Pending call, in Frame frame, in ChannelMessage message)
    {
        try
        {
            call.Complete(frame, message);
        }
        catch (RpcProtocolException error)
        {
            call.Fail(error);
            throw;
        }
    }
}
