using Connections.NetSnmp.Worker.Pipes;

namespace Connections.NetSnmp.Processes;

/// <summary>Calls over a worker's standard input and output, one at a time.</summary>
internal sealed class PipeChannel(Stream answers, Stream requests) : IAsyncDisposable
{
    private Task<byte[]>? _abandoned;

    /// <exception cref="IOException">The process ended.</exception>
    internal async ValueTask<byte[]> CallAsync(bool isExchange, byte[] content, CancellationToken cancellationToken)
    {
        if (_abandoned is { } abandoned)
        {
            await abandoned.WaitAsync(cancellationToken).ConfigureAwait(false);
            _abandoned = null;
        }

        await requests.WriteAsync(PipeFrames.Join(isExchange ? PipeFrames.Exchange : PipeFrames.Configure, content), cancellationToken).ConfigureAwait(false);
        await requests.FlushAsync(cancellationToken).ConfigureAwait(false);
        var answer = ReadAsync();
        try
        {
            return await answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _abandoned = answer;
            await requests.WriteAsync(PipeFrames.Join(PipeFrames.Cancel, []), CancellationToken.None).ConfigureAwait(false);
            await requests.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await answers.DisposeAsync().ConfigureAwait(false);
        await requests.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<byte[]> ReadAsync() => (await PipeFrames.ReadAsync(answers).ConfigureAwait(false)).Content;
}
