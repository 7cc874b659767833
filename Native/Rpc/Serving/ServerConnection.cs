using System.Diagnostics.CodeAnalysis;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Serving;

/// <summary>A server's connection to one client.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore whose wait handle nobody asks for holds nothing to dispose of.")]
internal sealed class ServerConnection
{
    private readonly IMessageChannel _channel;
    private readonly RpcServices _services;
    private readonly RpcServerOptions _options;
    private readonly ActiveCalls _calls = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _head = new byte[Frame.Size];
    private RpcDispatcher? _dispatcher;
    private volatile bool _isClosing;

    public ServerConnection(IMessageChannel channel, RpcServices services, IAdmission admission, RpcServerOptions options)
    {
        _channel = channel;
        _services = services;
        _options = options;
        Admission = admission;
    }

    /// <summary>What lets calls begin.</summary>
    public IAdmission Admission { get; }

    /// <summary>What the client asked for.</summary>
    public RpcContract Contract { get; private set; }

    /// <summary>The client, for messages to people.</summary>
    public string Peer => _channel.Peer;

    /// <summary>The longest body that can be sent.</summary>
    public int LongestBody => _options.MaxMessageSize - Frame.Size;

    /// <summary>Serves the client until it goes, or the server stops.</summary>
    /// <exception cref="ConnectionLostException">The client has gone.</exception>
    /// <exception cref="RpcProtocolException">The client sent what no client may send.</exception>
    /// <exception cref="RpcSecurityException">The client has not proved who it is.</exception>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await GreetAsync(cancellationToken).ConfigureAwait(false))
            {
                while (await _channel.ReceiveAsync(cancellationToken).ConfigureAwait(false) is { IsEnd: false } message)
                {
                    Handle(message);
                }
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody is answered any more, and no answer waits for room.
            _channel.Abort();
            throw;
        }
        finally
        {
            _calls.CancelAll();
            await _calls.WhenIdleAsync().ConfigureAwait(false);
            await _channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Refuses calls from now on. Completes when those that were begun have ended.</summary>
    public Task CloseAsync()
    {
        _isClosing = true;
        return _calls.WhenIdleAsync();
    }

    /// <summary>Sends a frame.</summary>
    /// <exception cref="ConnectionLostException">The client has gone.</exception>
    public ValueTask SendAsync(in Frame frame, ReadOnlyMemory<byte> body)
    {
        if (!_sending.Wait(0))
        {
            return SendLaterAsync(frame, body);
        }

        ValueTask send;
        try
        {
            frame.Write(_head);
            send = _channel.SendAsync(_head, body, CancellationToken.None);
        }
        catch
        {
            _sending.Release();
            throw;
        }

        if (!send.IsCompletedSuccessfully)
        {
            return FinishAsync(send);
        }

        send.GetAwaiter().GetResult();
        _sending.Release();
        return ValueTask.CompletedTask;
    }

    private async ValueTask SendLaterAsync(Frame frame, ReadOnlyMemory<byte> body)
    {
        await _sending.WaitAsync().ConfigureAwait(false);
        try
        {
            frame.Write(_head);
            await _channel.SendAsync(_head, body, CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async ValueTask FinishAsync(ValueTask send)
    {
        try
        {
            await send.ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async ValueTask<bool> GreetAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(_options.GreetingTimeout, _options.TimeProvider);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await _channel.PrepareAsync(limit.Token).ConfigureAwait(false);
            var message = await _channel.ReceiveAsync(limit.Token).ConfigureAwait(false);
            if (message.IsEnd)
            {
                return false;
            }

            try
            {
                return await AnswerGreetingAsync(message.Bytes).ConfigureAwait(false);
            }
            finally
            {
                message.Return();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcProtocolException($"{Peer} has not said within {_options.GreetingTimeout} which service it wants.");
        }
    }

    private async ValueTask<bool> AnswerGreetingAsync(ReadOnlyMemory<byte> message)
    {
        var frame = Frame.Read(message.Span);
        if (frame.Kind != FrameKind.Hello || frame.Argument != Protocol.Version)
        {
            throw new RpcProtocolException(
                $"{Peer} begins with a frame of kind {frame.Kind} and protocol {frame.Argument:x8}, and not with a greeting of protocol {Protocol.Version:x8}.");
        }

        var (version, name, _) = TextBody.Read(message.Span[Frame.Size..]);
        Contract = new RpcContract(name, (int)version);
        _dispatcher = _services.Find(Contract);
        var (answer, body) = (_dispatcher, _isClosing) switch
        {
            (null, _) => (
                new Frame(FrameKind.Refusal, 0, (uint)RefusalReason.Mismatch),
                TextBody.Write(0, $"The client asks for {Contract}, and the server serves {_services.Describe(name)}.")),
            (_, true) => (new Frame(FrameKind.Refusal, 0, (uint)RefusalReason.Closing), TextBody.Write(0, "The server is stopping.")),
            _ => (new Frame(FrameKind.Welcome, 0, Protocol.Version), []),
        };
        await SendAsync(answer, body).ConfigureAwait(false);
        return answer.Kind == FrameKind.Welcome;
    }

    private void Handle(in ChannelMessage message)
    {
        var frame = default(Frame);
        var isKept = false;
        try
        {
            frame = Frame.Read(message.Bytes.Span);
            switch (frame.Kind)
            {
                case FrameKind.Call:
                    var call = _calls.Add(this, frame.Call);
                    isKept = true;
                    call.Begin(frame, message);
                    Start(call);
                    break;
                case FrameKind.Cancel:
                    _calls.Cancel(frame.Call);
                    break;
                case FrameKind.Credit:
                    _calls.Grant(frame.Call, frame.Argument);
                    break;
                default:
                    throw new RpcProtocolException($"{Peer} sent a frame of kind {frame.Kind}, which no client sends after its greeting.");
            }
        }
        finally
        {
            if (!isKept)
            {
                message.Return();
            }
        }
    }

    private void Start(RpcCall call)
    {
        if (_options.RunsInline)
        {
            _ = RunAsync(call);
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(static state => _ = state.Connection.RunAsync(state.Call), (Connection: this, Call: call), preferLocal: false);
        }
    }

    // One that was given up while it waited is not begun.
    private ValueTask DispatchAsync(RpcCall call)
    {
        if (!call.IsCancelled)
        {
            return _dispatcher!.DispatchAsync(call.Frame.Argument, call);
        }

        call.Leave();
        return ValueTask.CompletedTask;
    }

    private async Task RunAsync(RpcCall call)
    {
        try
        {
            if (_isClosing)
            {
                await call.RefuseAsync(RefusalReason.Closing, "The server is stopping.").ConfigureAwait(false);
            }
            else if (await Admission.EnterAsync(call.Frame, call.Token).ConfigureAwait(false))
            {
                call.WasLetIn();
                await DispatchAsync(call).ConfigureAwait(false);
            }
            else
            {
                await call.RefuseAsync(RefusalReason.NoClaim, "The client's claim to the server is no longer valid.").ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The call was given up before it was let in: nobody waits for an answer.
            call.Leave();
        }
        catch (ConnectionLostException)
        {
            // There is nobody left to answer; who receives has noticed too.
            call.Leave();
        }
        finally
        {
            _calls.Remove(call);
        }
    }
}
