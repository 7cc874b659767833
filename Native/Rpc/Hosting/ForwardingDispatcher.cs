using System.Runtime.ExceptionServices;
using Connections.Native.Rpc.Calls;
using Connections.Native.Rpc.Serialization;
using Connections.Native.Rpc.Transport;
using Connections.Native.Rpc.Wire;

namespace Connections.Native.Rpc.Hosting;

/// <summary>Has the calls of a contract answered by whichever server is free at another address, without knowing what they mean.</summary>
/// <param name="route">The servers.</param>
internal sealed class ForwardingDispatcher(IRoute route) : RpcDispatcher
{
    /// <inheritdoc/>
    public override async ValueTask DispatchAsync(uint method, RpcCall call)
    {
        call.BeginForwarding();
        try
        {
            while (!await TryForwardAsync(method, call).ConfigureAwait(false))
            {
                // Its server ended before it began; another one serves it.
            }
        }
        catch (Exception error)
        {
            await call.ForwardErrorAsync(error).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> TryForwardAsync(uint method, RpcCall call)
    {
        var claim = await route.ClaimAsync(default, call.Token).ConfigureAwait(false);
        PendingStream? answers = null;
        try
        {
            answers = await claim.Connection.BeginStreamAsync(method, claim, new EncodedBody(call.Body), default, call.Token).ConfigureAwait(false);
            await HandOnAsync(answers, call).ConfigureAwait(false);
            return true;
        }
        catch (NotBegunException)
        {
            route.GiveBack(claim);
            return false;
        }
        catch (NotSentException error)
        {
            route.GiveBack(claim);
            ExceptionDispatchInfo.Throw(error.InnerException!);
            throw;
        }
        catch when (!claim.Connection.IsUsable)
        {
            route.GiveBack(claim);
            throw;
        }
        finally
        {
            if (answers is not null)
            {
                claim.Connection.Close(answers);
            }
        }
    }

    // A call without a stream has no elements, and a result at its end.
    private static async ValueTask HandOnAsync(PendingStream answers, RpcCall call)
    {
        while (await answers.NextAsync(call.Token).ConfigureAwait(false) is { } item)
        {
            await HandOnAsync(item, call.ForwardItemAsync).ConfigureAwait(false);
        }

        if (answers.Result is { } result)
        {
            await HandOnAsync(result, call.ForwardResultAsync).ConfigureAwait(false);
        }
        else
        {
            await call.ForwardResultAsync(default).ConfigureAwait(false);
        }
    }

    private static async ValueTask HandOnAsync(ChannelMessage message, Func<ReadOnlyMemory<byte>, ValueTask> send)
    {
        try
        {
            await send(message.Bytes[Frame.Size..]).ConfigureAwait(false);
        }
        finally
        {
            message.Return();
        }
    }
}
