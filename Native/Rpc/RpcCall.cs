using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Connections.Native.Rpc.Serialization;
using Connections.Native.Rpc.Serving;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc;

/// <summary>A call that a server has received, and answers once. For generated code.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Neither has a timer or a wait handle, and who cancels late uses the source after the end.")]
public sealed partial class RpcCall
{
    private readonly ServerConnection _connection;
    private CancellationTokenSource _cancellation = new();
    private ChannelMessage _message;
    private Frame _frame;
    private bool _isIn;
    private volatile bool _isCancelled;

    internal RpcCall(ServerConnection connection) => _connection = connection;

    internal Frame Frame => _frame;

    /// <summary>Begins a call; the message is this one's from now on.</summary>
    internal void Begin(in Frame frame, in ChannelMessage message)
    {
        _frame = frame;
        _message = message;
    }

    /// <summary>Makes it ready for another call.</summary>
    internal void End()
    {
        _message.Return();
        _message = default;
        ResetStream();
        if (_isCancelled || !_cancellation.TryReset())
        {
            // Whoever cancels it may be at it yet.
            _isCancelled = false;
            _cancellation = new CancellationTokenSource();
        }
    }

    internal CancellationToken Token => _cancellation.Token;

    /// <summary>Whether nobody waits for it any more.</summary>
    internal bool IsCancelled => _isCancelled;

    /// <summary>What cancels the call, for the one who is about to.</summary>
    internal CancellationTokenSource TakeCancellation()
    {
        _isCancelled = true;
        return _cancellation;
    }

    internal void WasLetIn() => _isIn = true;

    /// <summary>Lets another call begin; at the latest when the answer is sent, since whoever gets it may call again at once.</summary>
    internal void Leave()
    {
        if (_isIn)
        {
            _isIn = false;
            _connection.Admission.Leave(_frame);
        }
    }

    /// <summary>Answers a call of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="service">The implementation.</param>
    /// <param name="body">Calls it.</param>
    public async ValueTask AnswerAsync<TService, TArguments, TResult>(
        RpcMethod<TArguments, TResult> method, TService service, Func<TService, TArguments, CancellationToken, ValueTask<TResult>> body)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(body);
        EncodedBody result;
        try
        {
            var value = await body(service, ArgumentsOf(method), _cancellation.Token).ConfigureAwait(false);
            result = Encode(method, value);
        }
        catch (Exception error)
        {
            await FailAsync(error).ConfigureAwait(false);
            return;
        }

        Leave();
        try
        {
            await _connection.SendAsync(new Frame(FrameKind.Result, _frame.Call), result.Bytes).ConfigureAwait(false);
        }
        finally
        {
            result.Return();
        }
    }

    /// <summary>Answers a call of a method that the service does not have.</summary>
    public ValueTask RefuseAsync() =>
        RefuseAsync(RefusalReason.Mismatch, $"The server's {_connection.Contract} has no method {_frame.Argument:x8}: it was made from another state of the interface.");

    internal ValueTask RefuseAsync(RefusalReason reason, string text)
    {
        Leave();
        return _connection.SendAsync(new Frame(FrameKind.Refusal, _frame.Call, (uint)reason), TextBody.Write(0, text));
    }

    private EncodedBody Encode<TArguments, TResult>(RpcMethod<TArguments, TResult> method, TResult value)
    {
        var encoded = method.Result.Encode(value);
        if (encoded.Bytes.Length <= _connection.LongestBody)
        {
            return encoded;
        }

        var length = encoded.Bytes.Length;
        encoded.Return();
        throw new InvalidOperationException(
            $"{method.Name} returned {length} bytes, and at most {_connection.LongestBody} can be sent: return less, or a stream, or set MaxMessageSize on both sides.");
    }

    private TArguments ArgumentsOf<TArguments, TResult>(RpcMethod<TArguments, TResult> method)
    {
        try
        {
            return method.Arguments.Decode(_message.Bytes[Frame.Size..], isLent: true);
        }
        catch (JsonException error)
        {
            throw new RpcProtocolException($"The arguments of {method.Name} cannot be read: {error.Message}", error);
        }
    }

    private ValueTask FailAsync(Exception error)
    {
        Leave();
        var isTransient = error is Pooling.IConnectionError { IsTransient: true } ? 1u : 0;
        return _connection.SendAsync(
            new Frame(FrameKind.Failure, _frame.Call), TextBody.Write(isTransient, TypeOf(error), error.Message));
    }

    // What an implementation was told by another server is told on as that server said it.
    private static string TypeOf(Exception error) =>
        error is RemoteCallException remote ? remote.RemoteType : error.GetType().FullName ?? error.GetType().Name;
}
