using System.Threading.Channels;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Calls;

/// <summary>A call that returns a stream: what has come of it and was not yet taken.</summary>
internal sealed class PendingStream(ClientConnection connection) : Pending
{
    private const int Refill = Protocol.StreamWindow / 2;

    private readonly Channel<ChannelMessage> _items = Channel.CreateUnbounded<ChannelMessage>(
        new UnboundedChannelOptions { SingleWriter = true });

    private int _taken;
    private volatile bool _hasEnded;

    /// <summary>After the end: the result, the caller's to return, of what turned out to be no stream; null if it has none.</summary>
    public ChannelMessage? Result { get; private set; }

    public override bool HasNews => _hasEnded || _items.Reader.Count > 0;

    public override void AcceptItem(in ChannelMessage message)
    {
        if (_items.Reader.Count >= Protocol.StreamWindow || !_items.Writer.TryWrite(message))
        {
            message.Return();
            throw new RpcProtocolException($"{connection.Peer} sends more elements of a stream than it was asked for.");
        }
    }

    public override void Complete(in Frame frame, in ChannelMessage message)
    {
        if (frame.Kind == FrameKind.Result)
        {
            if (message.Bytes.Length > Frame.Size)
            {
                Result = message;
            }
            else
            {
                message.Return();
            }

            _hasEnded = true;
            _items.Writer.TryComplete();
        }
        else
        {
            Fail(Answers.ErrorOf(frame, message, connection.Peer));
        }
    }

    public override void Fail(Exception error)
    {
        _hasEnded = true;
        _items.Writer.TryComplete(error);
    }

    /// <summary>The next element, the caller's to return; null at the end.</summary>
    public async ValueTask<ChannelMessage?> NextAsync(CancellationToken cancellationToken)
    {
        connection.ReceiveFor(this);
        while (true)
        {
            if (_items.Reader.TryRead(out var message))
            {
                Acknowledge();
                return message;
            }

            if (!await _items.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    /// <summary>Gives back what nobody will take. Only once it is not among the connection's calls any more.</summary>
    public void Drain()
    {
        _items.Writer.TryComplete();
        while (_items.Reader.TryRead(out var message))
        {
            message.Return();
        }
    }

    private void Acknowledge()
    {
        if (++_taken == Refill && !_hasEnded)
        {
            _taken = 0;
            connection.Tell(new Frame(FrameKind.Credit, Id, Refill));
        }
    }
}
