using Connections.Native.Rpc.Serialization;

namespace Connections.Native.Rpc.Calls;

internal sealed partial class ClientConnection
{
    /// <summary>Makes a call that returns a stream. It is to be ended by <see cref="Close"/>.</summary>
    /// <exception cref="NotBegunException">The server has not begun it.</exception>
    /// <exception cref="ServerDiedException">The server ended.</exception>
    /// <exception cref="RpcTimeoutException">It could not be sent in time.</exception>
    public async ValueTask<PendingStream> BeginStreamAsync(
        uint method, Claim claim, EncodedBody body, Deadline deadline, CancellationToken cancellationToken)
    {
        var stream = new PendingStream(this);
        _calls.Add(stream);
        try
        {
            await BeginAsync(stream, method, claim, body, deadline, cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            _calls.Take(stream.Id);
            throw;
        }
    }

    /// <summary>Ends a stream, whether or not it has come to its end.</summary>
    public void Close(PendingStream stream)
    {
        Abandon(stream.Id);
        stream.Drain();
    }

    /// <summary>Receives, if nobody else does, until a stream has news or nothing is there.</summary>
    public void ReceiveFor(PendingStream stream) => Pump(stream);
}
