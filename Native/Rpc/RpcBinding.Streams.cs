using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Connections.Native.Rpc.Calls;
using Connections.Native.Rpc.Serialization;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc;

public sealed partial class RpcBinding
{
    /// <summary>
    /// Calls a method that returns a stream, when it is enumerated; each enumeration is a call. The server is some elements ahead at most, and
    /// is told when the enumeration ends early. The timeout is for each element.
    /// </summary>
    /// <inheritdoc cref="CallAsync{TArguments, TResult}"/>
    public async IAsyncEnumerable<TItem> StreamAsync<TArguments, TItem>(
        RpcMethod<TArguments, TItem> method, TArguments arguments, CancellationToken cancellationToken, [EnumeratorCancellation] CancellationToken enumeration = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enumeration);
        var yielded = 0;
        for (var attempt = 1; ; attempt++)
        {
            var (claim, stream) = await BeginAsync(method, arguments, both.Token).ConfigureAwait(false);
            try
            {
                while (true)
                {
                    TItem item;
                    try
                    {
                        if (await NextAsync(stream, both.Token).ConfigureAwait(false) is not { } message)
                        {
                            yield break;
                        }

                        item = Decode(method, message);
                    }
                    catch (NotBegunException) when (yielded == 0)
                    {
                        _route.GiveBack(claim);
                        attempt--;
                        break;
                    }
                    catch (ServerDiedException) when (yielded == 0 && method.IsIdempotent && attempt < _options.MaxAttempts)
                    {
                        break;
                    }

                    yielded++;
                    yield return item;
                }
            }
            finally
            {
                claim.Connection.Close(stream);
                if (!claim.Connection.IsUsable)
                {
                    _route.GiveBack(claim);
                }
            }
        }
    }

    private async ValueTask<(Claim Claim, PendingStream Stream)> BeginAsync<TArguments, TItem>(
        RpcMethod<TArguments, TItem> method, TArguments arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var deadline = Deadline.After(_timeout, _options.TimeProvider);
        var body = Encode(method, arguments);
        try
        {
            var turn = TurnBy(deadline);
            while (true)
            {
                var claim = await _route.ClaimAsync(turn, cancellationToken).ConfigureAwait(false);
                try
                {
                    return (claim, await claim.Connection.BeginStreamAsync(method.Id, claim, body, deadline, cancellationToken).ConfigureAwait(false));
                }
                catch (NotBegunException)
                {
                    _route.GiveBack(claim);
                }
                catch (NotSentException error)
                {
                    _route.GiveBack(claim);
                    ExceptionDispatchInfo.Throw(error.InnerException!);
                }
                catch when (!claim.Connection.IsUsable)
                {
                    _route.GiveBack(claim);
                    throw;
                }
            }
        }
        finally
        {
            body.Return();
        }
    }

    private async ValueTask<Transport.ChannelMessage?> NextAsync(PendingStream stream, CancellationToken cancellationToken)
    {
        var deadline = Deadline.After(_timeout, _options.TimeProvider);
        using var limit = Limit.Of(deadline, _options.TimeProvider, cancellationToken);
        try
        {
            return await stream.NextAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RpcTimeoutException($"No further element of a stream came within {_timeout}; it was being served.");
        }
    }

    private static TItem Decode<TArguments, TItem>(RpcMethod<TArguments, TItem> method, Transport.ChannelMessage message)
    {
        try
        {
            return method.Result.Decode(message.Bytes[Frame.Size..], isLent: false);
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new RpcProtocolException($"An element that {method.Name} returned cannot be read: {error.Message}", error);
        }
        finally
        {
            message.Return();
        }
    }
}
