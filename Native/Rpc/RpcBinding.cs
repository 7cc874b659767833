using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Connections.Native.Rpc.Calls;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc;

/// <summary>Makes the calls of a generated client. Thread-safe.</summary>
public sealed partial class RpcBinding
{
    private readonly IRoute _route;
    private readonly RpcClientOptions _options;
    private readonly TimeSpan _timeout;

    internal RpcBinding(IRoute route, RpcClientOptions options, TimeSpan timeout)
    {
        _route = route;
        _options = options;
        _timeout = timeout;
    }

    /// <summary>Calls a method without a result.</summary>
    /// <inheritdoc cref="CallAsync{TArguments, TResult}"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync<TArguments>(
        RpcMethod<TArguments, ValueTuple> method, TArguments arguments, CancellationToken cancellationToken) =>
        await CallAsync(method, arguments, cancellationToken).ConfigureAwait(false);

    /// <summary>Calls a method: waits for a free server, sends, and waits for the answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="arguments">Its arguments; bytes that travel as they are must not change until the call has ended.</param>
    /// <param name="cancellationToken">Ends the wait, and reaches the implementation.</param>
    /// <exception cref="ArgumentException">The arguments are longer than <see cref="RpcClientOptions.MaxMessageSize"/>.</exception>
    /// <exception cref="RemoteCallException">The implementation threw.</exception>
    /// <exception cref="ServerDiedException">The server ended before it answered.</exception>
    /// <exception cref="RpcTimeoutException">There was no answer in time.</exception>
    /// <exception cref="NoServerException">No server serves the address.</exception>
    /// <exception cref="ServiceMismatchException">The servers do not serve this version of the service, or not this method.</exception>
    /// <exception cref="RpcProtocolException">The server sent what cannot be read.</exception>
    /// <exception cref="RpcSecurityException">The server is beyond this machine, and certificates are missing or not accepted.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<TResult> CallAsync<TArguments, TResult>(
        RpcMethod<TArguments, TResult> method, TArguments arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var deadline = Deadline.After(_timeout, _options.TimeProvider);
        var body = Encode(method, arguments);
        try
        {
            var turn = TurnBy(deadline);
            for (var attempt = 1; ; attempt++)
            {
                var claim = await _route.ClaimAsync(turn, cancellationToken).ConfigureAwait(false);
                try
                {
                    var answer = await claim.Connection.ExchangeAsync(method.Id, claim, body, deadline, cancellationToken).ConfigureAwait(false);
                    try
                    {
                        return method.Result.Decode(answer.Bytes[Frame.Size..], isLent: false);
                    }
                    finally
                    {
                        answer.Return();
                    }
                }
                catch (NotBegunException)
                {
                    _route.GiveBack(claim);
                    attempt--;
                }
                catch (NotSentException error)
                {
                    _route.GiveBack(claim);
                    ExceptionDispatchInfo.Throw(error.InnerException!);
                }
                catch (Exception error) when (!claim.Connection.IsUsable)
                {
                    // A server that lives may never hear of the call, and would keep the place for it; if it has begun, this does nothing.
                    _route.GiveBack(claim);
                    if (error is not ServerDiedException || !method.IsIdempotent || attempt >= _options.MaxAttempts)
                    {
                        throw;
                    }
                }
            }
        }
        catch (System.Text.Json.JsonException error)
        {
            throw new RpcProtocolException($"The result of {method.Name} cannot be read: {error.Message}", error);
        }
        finally
        {
            body.Return();
        }
    }

    private Serialization.EncodedBody Encode<TArguments, TResult>(RpcMethod<TArguments, TResult> method, TArguments arguments)
    {
        var body = method.Arguments.Encode(arguments);
        var length = body.Bytes.Length;
        if (length <= _options.MaxMessageSize - Frame.Size)
        {
            return body;
        }

        body.Return();
        throw new ArgumentException(
            $"The arguments of {method.Name} have {length} bytes, and at most {_options.MaxMessageSize - Frame.Size} can be sent: set MaxMessageSize on both sides.",
            nameof(arguments));
    }

    private Deadline TurnBy(Deadline deadline) => Deadline.Earlier(deadline, Deadline.After(_options.QueueTimeout, _options.TimeProvider));
}
