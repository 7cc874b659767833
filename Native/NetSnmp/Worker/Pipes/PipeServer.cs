namespace Connections.NetSnmp.Worker.Pipes;

/// <summary>Serves one caller over standard input and output, until he ends.</summary>
internal static class PipeServer
{
    public static async Task RunAsync(WorkerService service, Stream input, Stream output)
    {
        var call = Task.CompletedTask;
        var cancellation = new CancellationTokenSource();
        try
        {
            while (true)
            {
                var (kind, content) = await PipeFrames.ReadAsync(input).ConfigureAwait(false);
                if (kind == PipeFrames.Cancel)
                {
                    await cancellation.CancelAsync().ConfigureAwait(false);
                    continue;
                }

                await call.ConfigureAwait(false);
                cancellation.Dispose();
                cancellation = new CancellationTokenSource();
                var token = cancellation.Token;
                call = Task.Run(() =>
                {
                    var reply = kind == PipeFrames.Configure ? service.Configure(content) : service.Exchange(content, token);
                    output.Write(PipeFrames.Join(PipeFrames.Reply, reply));
                    output.Flush();
                });
            }
        }
        catch (EndOfStreamException)
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            cancellation.Dispose();
        }
    }
}
