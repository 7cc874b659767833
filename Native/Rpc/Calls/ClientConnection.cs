using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Connections.Native.Rpc.Serialization;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Calls;

/// <summary>A client's connection to one server, for one contract: any number of calls at once. Thread-safe.</summary>
internal sealed partial class ClientConnection : IAsyncDisposable
{
    private readonly IMessageChannel _channel;
    private readonly PendingTable _calls = new();
    private readonly ConcurrentBag<PendingCall> _spare = [];
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _head = new byte[Frame.Size];
    private volatile Exception? _failure;
    private volatile bool _isRetired;

    private ClientConnection(IMessageChannel channel, TimeProvider time)
    {
        _channel = channel;
        Time = time;
        _resume = Resume;
    }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>The server, for messages to people.</summary>
    public string Peer => _channel.Peer;

    /// <summary>Whether it is of use, as far as is known.</summary>
    public bool IsUsable => _failure is null && !_isRetired;

    /// <summary>Greets a server; the channel is this one's from now on.</summary>
    /// <exception cref="ServiceMismatchException">It does not serve the contract.</exception>
    /// <exception cref="NotBegunException">It went, or is about to.</exception>
    public static async ValueTask<ClientConnection> OpenAsync(
        IMessageChannel channel, RpcContract contract, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new ClientConnection(channel, time);
        try
        {
            await connection.GreetAsync(contract, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception error)
        {
            await channel.DisposeAsync().ConfigureAwait(false);
            throw error is ConnectionLostException ? new NotBegunException(error.Message, error) : error;
        }
    }

    /// <summary>Makes a call and waits for its answer, which is the caller's to return.</summary>
    /// <exception cref="NotBegunException">The server has not begun it.</exception>
    /// <exception cref="ServerDiedException">The server ended before it answered.</exception>
    /// <exception cref="RemoteCallException">The implementation threw.</exception>
    /// <exception cref="RpcTimeoutException">There was no answer in time.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ChannelMessage> ExchangeAsync(
        uint method, Claim claim, EncodedBody body, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!_spare.TryTake(out var call))
        {
            call = new PendingCall(this);
        }

        _calls.Add(call);
        try
        {
            await BeginAsync(call, method, claim, body, deadline, cancellationToken).ConfigureAwait(false);
            Pump(call);
            return await call.WaitAsync(deadline, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Recycle(call);
        }
    }

    /// <summary>Takes out a call that nobody waits for any more, and tells the server. False if it has ended already.</summary>
    public bool Abandon(uint id)
    {
        if (_calls.Take(id) is null)
        {
            return false;
        }

        Tell(new Frame(FrameKind.Cancel, id));
        return true;
    }

    /// <summary>Takes no new calls; ends with the last one.</summary>
    public void Retire()
    {
        _isRetired = true;
        EndIfIdle();
    }

    public async ValueTask DisposeAsync()
    {
        Fail(new ObjectDisposedException(nameof(RpcClient), "The client was disposed."));
        await _channel.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask GreetAsync(RpcContract contract, CancellationToken cancellationToken)
    {
        new Frame(FrameKind.Hello, 0, Protocol.Version).Write(_head);
        await _channel.SendAsync(_head, TextBody.Write((uint)contract.Version, contract.Name), cancellationToken).ConfigureAwait(false);
        var answer = await _channel.ReceiveAsync(cancellationToken).ConfigureAwait(false);
        if (answer.IsEnd)
        {
            throw new ConnectionLostException($"{Peer} ended the connection instead of welcoming this client.");
        }

        var frame = Frame.Read(answer.Bytes.Span);
        switch (frame.Kind)
        {
            case FrameKind.Welcome:
                answer.Return();
                return;
            case FrameKind.Refusal:
                throw Answers.ErrorOf(frame, answer, Peer);
            default:
                answer.Return();
                throw new RpcProtocolException($"{Peer} answered a greeting with a frame of kind {frame.Kind}.");
        }
    }

    private void Recycle(PendingCall call)
    {
        // It is still in the table if it could not even be sent. If another has just taken it out, to end it, it is not to be used again.
        if (_calls.Take(call.Id) is not null || call.IsSettled)
        {
            call.Reset();
            _spare.Add(call);
        }

        EndIfIdle();
    }

    private void EndIfIdle()
    {
        if (_isRetired && _calls.Count == 0)
        {
            Fail(new NotBegunException($"The connection with {Peer} takes no more calls."));
        }
    }

    private void Fail(Exception error)
    {
        _failure ??= error;
        foreach (var call in _calls.Close(error))
        {
            call.Fail(error);
        }

        _channel.Abort();
    }
}
