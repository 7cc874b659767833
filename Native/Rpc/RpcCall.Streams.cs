using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc;

public sealed partial class RpcCall
{
    // How many elements the client is ready to take; null for what is no stream.
    private SemaphoreSlim? _credit;

    /// <summary>Answers a call of a method that returns a stream.</summary>
    /// <param name="method">The method.</param>
    /// <param name="service">The implementation.</param>
    /// <param name="body">Calls it.</param>
    public async ValueTask StreamAsync<TService, TArguments, TItem>(
        RpcMethod<TArguments, TItem> method, TService service, Func<TService, TArguments, CancellationToken, IAsyncEnumerable<TItem>> body)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(body);
        var credit = _credit = new SemaphoreSlim(Protocol.StreamWindow, Protocol.StreamWindow);
        try
        {
            var token = _cancellation.Token;
            await foreach (var item in body(service, ArgumentsOf(method), token).WithCancellation(token).ConfigureAwait(false))
            {
                await credit.WaitAsync(token).ConfigureAwait(false);
                var encoded = Encode(method, item);
                try
                {
                    await _connection.SendAsync(new Frame(FrameKind.Item, _frame.Call), encoded.Bytes).ConfigureAwait(false);
                }
                finally
                {
                    encoded.Return();
                }
            }
        }
        catch (Exception error)
        {
            await FailAsync(error).ConfigureAwait(false);
            return;
        }

        Leave();
        await _connection.SendAsync(new Frame(FrameKind.Result, _frame.Call), default).ConfigureAwait(false);
    }

    /// <summary>Lets so many more elements be sent.</summary>
    /// <exception cref="RpcProtocolException">The client is ready to take more than any is.</exception>
    internal void Grant(uint count)
    {
        if (_credit is null || count == 0 || count > Protocol.StreamWindow || _credit.CurrentCount + (int)count > Protocol.StreamWindow)
        {
            throw new RpcProtocolException($"A client asks for {count} more elements of a stream, and may not have more than {Protocol.StreamWindow} under way.");
        }

        _credit.Release((int)count);
    }

    private void ResetStream() => _credit = null;
}
